/** Shapes that several routes share. */
import { z } from 'zod';
import { DECISIONS, SEVERITIES, TRUST_STATES } from '../terms/decision.ts';
import { WIRE_LIMITS } from './limits.ts';

/** A text of a form; whoever sends another hears `says`. */
export const form = (pattern: RegExp, says: string) => z.string().regex(pattern, says).describe(says);

const NAME = `a name of 1 to ${WIRE_LIMITS.nameChars} letters, digits, dots, dashes and underscores`;
const nameOf = (before = '') => new RegExp(`^${before}[A-Za-z0-9._-]{1,${WIRE_LIMITS.nameChars}}$`);

export const Id = z.string().min(1).max(WIRE_LIMITS.idChars);
export const AgentName = form(nameOf(), NAME);
export const LaneName = form(/^[a-z][a-z0-9_]{0,63}$/, 'the name of a lane, such as refund_checks');
export const PersonName = form(nameOf(), NAME);
/** Of an agent or a person that begins here: in an address, `.` and `..` would be taken for a way up. */
export const NewName = form(nameOf('(?!\\.{1,2}$)'), `${NAME}, not . or ..`);
export const ChannelName = z.string().min(1).max(WIRE_LIMITS.channelChars);
export const ToolName = z.string().min(1).max(WIRE_LIMITS.toolChars);
export const Digest = form(/^sha256:[0-9a-f]{64}$/, 'a digest: sha256: and 64 of 0-9 and a-f');
export const ActionId = form(
  /^act_[0-9a-f]{32}$/,
  'the id of an action, as the gate gave it: act_ and 32 of 0-9 and a-f',
);
export const KeyId = form(/^[0-9A-Za-z]{1,32}$/, 'the id of a key, as surety keys list shows it');
export const HoldId = form(/^hld_[0-9a-f]{32}$/, 'the id of a hold, as the gate gave it: hld_ and 32 of 0-9 and a-f');
export const Sha256Hex = form(/^[0-9a-f]{64}$/, 'a SHA-256: 64 of 0-9 and a-f');
export const Note = z.string().max(WIRE_LIMITS.noteChars);
/** RFC 3339. */
export const Time = z.string().max(40);
/** The path of a file beside a pact. */
export const FilePath = z.string().min(1).max(WIRE_LIMITS.pathChars);
/** Texts of files by their paths. Said twice: a refinement is in no JSON Schema. */
export const Files = z
  .record(FilePath, z.string())
  .refine((files) => Object.keys(files).length <= WIRE_LIMITS.pactFiles, 'too many files')
  .meta({ maxProperties: WIRE_LIMITS.pactFiles });
export const JsonObject = z.record(z.string(), z.unknown());
export const DecisionWord = z.enum(DECISIONS);
export const StateWord = z.enum(TRUST_STATES);
export const SeverityWord = z.enum(SEVERITIES);
/** Where it lies in the ledger; the proof is at `/v1/ledger/entries/{seq}/proof`. */
export const Receipt = z.object({ seq: z.int().nonnegative() }).meta({ id: 'Receipt' });
export const Recorded = z.object({ receipt: Receipt }).meta({ id: 'Recorded' });
