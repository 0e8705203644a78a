/** Shapes that several routes share. */
import { z } from 'zod';
import { DECISIONS, SEVERITIES, TRUST_STATES } from '../terms/decision.ts';
import { WIRE_LIMITS } from './limits.ts';

export const Id = z.string().min(1).max(WIRE_LIMITS.idChars);
export const AgentName = z.string().regex(/^[A-Za-z0-9._-]{1,96}$/);
export const LaneName = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/);
export const PersonName = z.string().regex(/^[A-Za-z0-9._-]{1,96}$/);
export const ToolName = z.string().min(1).max(WIRE_LIMITS.toolChars);
export const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
export const ActionId = z.string().regex(/^act_[0-9a-f]{32}$/);
export const KeyId = z.string().regex(/^[0-9A-Za-z]{1,32}$/);
export const HoldId = z.string().regex(/^hld_[0-9a-f]{32}$/);
export const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
export const Note = z.string().max(WIRE_LIMITS.noteChars);
/** RFC 3339. */
export const Time = z.string().max(40);
export const JsonObject = z.record(z.string(), z.unknown());
export const DecisionWord = z.enum(DECISIONS);
export const StateWord = z.enum(TRUST_STATES);
export const SeverityWord = z.enum(SEVERITIES);
/** Where it lies in the ledger; the proof is at `/v1/ledger/entries/{seq}/proof`. */
export const Receipt = z.object({ seq: z.int().nonnegative() }).meta({ id: 'Receipt' });
export const Recorded = z.object({ receipt: Receipt }).meta({ id: 'Recorded' });
