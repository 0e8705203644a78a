/** The shape of a pact test file, `*.test.yaml`. */
import { z } from 'zod';
import { DECISIONS, TRUST_STATES } from '../../terms/decision.ts';
import { fields } from '../syntax/spelled.ts';

const Loose = z.record(z.string(), z.unknown());

const Expectation = fields({
  decision: z.enum(DECISIONS).optional(),
  reasons: z.array(z.string()).optional(),
  duties: z.array(z.string()).optional(),
  owner: z.string().optional(),
  errors: z.record(z.string(), z.string()).optional(),
  enforced: z.boolean().optional(),
  routed_to: z.string().optional(),
  tell_the_agent: z.string().optional(),
  tell_the_human: z.string().optional(),
});
export type Expectation = z.infer<typeof Expectation>;

const Edits = {
  given: z.string().optional(),
  set: Loose.optional(),
  unset: z.array(z.string()).optional(),
  add: z.record(z.string(), z.array(z.unknown())).optional(),
};

const Fixture = fields({
  ...Edits,
  state: z.unknown().optional(),
  conversation: z.unknown().optional(),
  trace: z.unknown().optional(),
  facts: z.unknown().optional(),
  judges: z.unknown().optional(),
  action: z.unknown().optional(),
});

const PactTest = fields({
  name: z.string().min(1),
  ...Edits,
  given: z.string(),
  counters: z.record(z.string(), z.union([z.int(), z.string()])).optional(),
  expect: Expectation,
});
export type PactTest = z.infer<typeof PactTest>;

export const TestFileSyntax = fields({
  pact: z.string().min(1),
  now: z.string(),
  fixtures: z.record(z.string(), Fixture),
  tests: z.array(PactTest).min(1),
  coverage: fields({
    fired: z.literal('all').optional(),
    silent: z.literal('all').optional(),
    doubt: z.literal('all').optional(),
  }).optional(),
});
export type TestFile = z.infer<typeof TestFileSyntax>;
export type FixtureFile = z.infer<typeof Fixture>;

const Step = z.discriminatedUnion('kind', [
  fields({ kind: z.literal('customer'), text: z.string(), at: z.string().optional() }),
  fields({ kind: z.literal('reply'), text: z.string().optional(), at: z.string().optional() }),
  fields({
    kind: z.literal('call'),
    tool: z.string(),
    args: Loose.optional(),
    ok: z.boolean().optional(),
    result: z.unknown().optional(),
    at: z.string().optional(),
  }),
]);

/** A fixture with everything inherited and edited: the whole situation of one decision. */
export const SituationSyntax = fields({
  state: z.enum(TRUST_STATES).default('limited'),
  conversation: fields({ id: z.string(), customer: z.string().optional(), channel: z.string().optional() }).default({
    id: 'conversation',
  }),
  trace: z.array(Step).default([]),
  facts: Loose.default({}),
  judges: z
    .record(
      z.string(),
      fields({
        verdict: z.enum(['ok', 'violation', 'unsure']),
        confidence: z.int().min(0).max(100).optional(),
        score: z.int().optional(),
        counts: z.record(z.string(), z.int()).optional(),
      }),
    )
    .default({}),
  action: fields({
    tool: z.string(),
    args: Loose.optional(),
    lane: z.string().optional(),
    calls_in_turn: z.int().optional(),
    text_in_turn: z.boolean().optional(),
    confidence: z.int().optional(),
  }),
});
export type TestSituation = z.infer<typeof SituationSyntax>;
