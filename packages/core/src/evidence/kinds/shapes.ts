/** Shapes that entries of several kinds share. Integers only; whatever is personal stands as a commitment. */
import { z } from 'zod';
import { DECISIONS, SEVERITIES, TRUST_STATES } from '../../terms/decision.ts';

export const fields = z.strictObject;

/** In place of a personal value: `commitment` of ledger.md § 4, 64 hex digits. */
export const Commitment = fields({ commitment: z.string().regex(/^[0-9a-f]{64}$/) });
export type Commitment = z.infer<typeof Commitment>;

/** Content that is not personal, by its SHA-256 (64 hex digits) and its length in bytes. */
export const Blob = fields({
  blob: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().nonnegative(),
  media: z.string().max(100),
});
export type Blob = z.infer<typeof Blob>;

export const EntryId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$/);
export const ActorName = z.string().regex(/^(agent|consumer|node|person|system|vendor):[A-Za-z0-9._-]{1,96}$/);
export const AgentName = z.string().regex(/^[A-Za-z0-9._-]{1,96}$/);
export const Lane = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/);
export const Tool = z.string().min(1).max(128);
export const Word = z.string().regex(/^[a-z][a-z0-9_.-]{0,95}$/i);
export const RuleId = z.string().max(32);
export const PactDigest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const Instant = z.int();
export const Count = z.int().nonnegative();
/** A conversation by the name it has here: `c_` and 32 hex digits, which nobody can turn back without the request key. */
export const ConversationName = z.string().regex(/^c_[0-9a-f]{32}$/);
/** A subject of personal data: random, never a hash of anything. */
export const Subject = z.string().regex(/^s_[a-z2-7]{26}$/);
export const DecisionWord = z.enum(DECISIONS);
export const SeverityWord = z.enum(SEVERITIES);
export const StateWord = z.enum(TRUST_STATES);
export const Currency = z.string().regex(/^[A-Z]{3}$/);
export const Amount = fields({ currency: Currency, minor: z.int() });
export const Share = z.int().min(0).max(1_000_000);

/** What a limit was charged: reserved at an allow, kept when executed, given back when failed. */
export const ChargeShape = fields({
  limit: RuleId,
  key: z.string().max(128),
  amount: z.int(),
  /** Sliding, in milliseconds; absent: for the whole conversation. */
  window: z.int().positive().optional(),
});
export type ChargeShape = z.infer<typeof ChargeShape>;
