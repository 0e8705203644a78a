/** Recorded conversations on their way into the ledger, as evidence in shadow mode. */
import { z } from 'zod';
import { WIRE_LIMITS } from './limits.ts';
import { AgentName, ChannelName, Digest, FilePath, Files, form, Id, JsonObject, Receipt, Time } from './shapes.ts';

const said = { text: z.string(), at: z.int().optional() };
/** A step as the readers of recordings write it. */
const RecordedStep = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('customer'), ...said }),
  z.strictObject({ kind: z.literal('reply'), ...said }),
  z.strictObject({
    kind: z.literal('call'),
    call_id: z.string().min(1),
    tool: z.string(),
    args: JsonObject.optional(),
    args_text: z.string().optional(),
    ok: z.boolean().optional(),
    result: z.unknown().optional(),
    result_text: z.string().optional(),
    turn: z.int().optional(),
    calls_in_turn: z.int().optional(),
    text_in_turn: z.boolean().optional(),
    at: z.int().optional(),
  }),
]);

export const ImportConversations = z
  .strictObject({
    /** One run of an import: its limits count over all its requests, in recorded order. */
    run: form(/^[A-Za-z0-9]{8,64}$/, 'a name of this run of its own: 8 to 64 letters and digits'),
    /** The file name of the pact in `files`. */
    pact: FilePath,
    files: Files,
    /** Overrides the recording's. */
    agent: AgentName.optional(),
    /** Decides at this time instead of the recording's. */
    now: Time.optional(),
    conversations: z
      .array(
        z.strictObject({
          id: Id,
          agent: z.string().max(WIRE_LIMITS.idChars).optional(),
          customer_id: Id.optional(),
          channel: ChannelName.optional(),
          at: z.int().optional(),
          steps: z.array(RecordedStep).max(WIRE_LIMITS.importSteps),
        }),
      )
      .min(1)
      .max(WIRE_LIMITS.importConversations),
  })
  .meta({ id: 'ImportConversations' });
export type ImportConversations = z.infer<typeof ImportConversations>;

export const ImportAnswer = z
  .object({
    pact: Digest,
    conversations: z.int(),
    /** Of those, how many were on the record already. */
    known: z.int(),
    actions: z.int(),
    allow: z.int(),
    hold: z.int(),
    deny: z.int(),
    agents: z.array(AgentName),
    receipt: Receipt.nullable(),
  })
  .meta({ id: 'ImportAnswer' });
export type ImportAnswer = z.infer<typeof ImportAnswer>;
