/** Agents on the wire: registered, changed, stopped, resumed, shown. */
import { z } from 'zod';
import { AgentName, Digest, LaneName, NewName, Note, Recorded, Sha256Hex, StateWord } from './shapes.ts';
import { LaneTrust } from './trust.ts';

const made = {
  model: z.string().max(200).optional(),
  prompt_sha256: Sha256Hex.optional(),
  tools_sha256: Sha256Hex.optional(),
  subprocessors: z.array(z.string().max(200)).max(32).optional(),
};

export const RegisterAgent = z
  .strictObject({
    name: NewName,
    /** Whose agent it is: the operator, or a vendor. */
    party: z.string().min(1).max(96).default('operator'),
    purpose: z.string().max(200).optional(),
    ...made,
  })
  .meta({ id: 'RegisterAgent' });
export type RegisterAgent = z.infer<typeof RegisterAgent>;

export const ChangeAgent = z
  .strictObject({ class: z.enum(['minor', 'major']).default('major'), ...made })
  .meta({ id: 'ChangeAgent' });
export type ChangeAgent = z.infer<typeof ChangeAgent>;

export const StopAgent = z
  .strictObject({ lane: LaneName.optional(), reason: Note.optional() })
  .meta({ id: 'StopAgent' });
export type StopAgent = z.infer<typeof StopAgent>;
export const ResumeAgent = z
  .strictObject({ lane: LaneName.optional(), reason: Note.min(1) })
  .meta({ id: 'ResumeAgent' });
export type ResumeAgent = z.infer<typeof ResumeAgent>;
export const SetState = z
  .strictObject({ lane: LaneName, state: StateWord, reason: Note.optional() })
  .meta({ id: 'SetState' });
export type SetState = z.infer<typeof SetState>;

/** The most it can lose unreviewed in a week, in minor units; null: no limit bounds it. */
const Exposure = z.object({ currency: z.string(), minor: z.int().nullable() });

export const AgentTrust = z
  .object({
    agent: AgentName,
    party: z.string(),
    purpose: z.string().nullable(),
    version: z.int(),
    model: z.string().nullable(),
    stopped: z.boolean(),
    lanes: z.array(
      z.object({
        lane: LaneName,
        state: StateWord,
        stopped: z.boolean(),
        pact: Digest,
        owner: z.string(),
        mode: z.enum(['shadow', 'enforce']),
        /** What it may do now, in words: "Issue refund alone, max amount 50.00 USD; 10 % are held for a person." */
        may: z.string(),
        exposure: Exposure,
        open_holds: z.int(),
        ...LaneTrust.shape,
      }),
    ),
  })
  .meta({ id: 'AgentTrust' });
export type AgentTrust = z.infer<typeof AgentTrust>;

export const AgentList = z.object({ agents: z.array(AgentTrust) }).meta({ id: 'AgentList' });
export const StopAnswer = Recorded.extend({
  /** Conversations that were given to people. */
  handed_over: z.int(),
}).meta({ id: 'StopAnswer' });
