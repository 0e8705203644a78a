/** Pacts on the wire: proposed, signed by another person, published. */
import { z } from 'zod';
import { WIRE_LIMITS } from './limits.ts';
import { AgentName, Digest, FilePath, Files, LaneName, Receipt } from './shapes.ts';

/** Paths relative to the pact, in its folder; the pact itself is `pact`. */
export const ProposePact = z
  .strictObject({
    /** The file name of the pact in `files`. */
    pact: FilePath,
    files: Files,
    /** Its test files, by path. */
    tests: Files.optional(),
  })
  .meta({ id: 'ProposePact' });
export type ProposePact = z.infer<typeof ProposePact>;

export const SignPact = z
  .strictObject({ ticked: z.array(z.string().max(200)).max(WIRE_LIMITS.ticks).optional() })
  .meta({ id: 'SignPact' });
export type SignPact = z.infer<typeof SignPact>;
export const PublishPact = z.strictObject({}).meta({ id: 'PublishPact' });

export const PactView = z
  .object({
    digest: Digest,
    pact: z.string(),
    version: z.int(),
    author: z.string(),
    proposed_by: z.string(),
    signed_by: z.string().nullable(),
    published_at: z.string().nullable(),
    in_force: z.boolean(),
    agents: z.array(AgentName),
    lanes: z.array(LaneName),
    tests: z.object({ passed: z.int(), failed: z.int(), gaps: z.int() }).nullable(),
  })
  .meta({ id: 'PactView' });
export type PactView = z.infer<typeof PactView>;

export const PactAnswer = z
  .object({ pact: PactView, warnings: z.array(z.unknown()), receipt: Receipt })
  .meta({ id: 'PactAnswer' });
export type PactAnswer = z.infer<typeof PactAnswer>;
export const PactList = z.object({ pacts: z.array(PactView) }).meta({ id: 'PactList' });
export const PactText = z
  .object({
    pact: PactView,
    path: z.string(),
    files: z.record(z.string(), z.string()),
    explanation: z.unknown(),
    /** Where in the pact's own file each thing stands: a rule by its id, a tool or parameter by `LANE/NAME`. */
    lines: z.record(z.string(), z.object({ from: z.int(), to: z.int() })),
    /** What it changes of the version in force; null where it is in force, or none of its name is. */
    diff: z
      .object({
        against: z.object({ digest: Digest, version: z.int() }),
        /** Looser ones first: a signer ticks those one by one. */
        changes: z.array(
          z.object({ what: z.string(), direction: z.enum(['looser', 'stricter', 'other']), says: z.string() }),
        ),
      })
      .nullable(),
  })
  .meta({ id: 'PactText' });
export type PactText = z.infer<typeof PactText>;
