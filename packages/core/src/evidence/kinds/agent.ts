/** Entries about agents and their standing, pacts and the people who answer for them. */
import { z } from 'zod';
import {
  AgentName,
  Blob,
  Commitment,
  ConversationName,
  Count,
  fields,
  Instant,
  Lane,
  PactDigest,
  RuleId,
  SeverityWord,
  Sha256,
  Share,
  StateWord,
  Word,
} from './shapes.ts';

/** What an agent is made of; every digest is 64 hex digits. */
const made = {
  model: z.string().max(200).optional(),
  prompt_sha256: Sha256.optional(),
  tools_sha256: Sha256.optional(),
  subprocessors: z.array(z.string().max(200)).max(32).optional(),
};

/** Rates in parts per million of conversations. */
const Rates = fields({ critical: Share, major: Share, minor: Share, attempts: Share });

const TargetMetric = z.enum([
  'first_contact_resolution',
  'csat',
  'escalation_latency_p50',
  'escalation_latency_p90',
  'policy_violation_rate',
]);
const WeekWord = z.string().regex(/^\d{4}-W\d{2}$/);

/** A weekly target as a rate of failure, over whole weeks; of a wait, what takes longer than `within` fails. */
const OutcomeTargetShape = fields({
  target: RuleId,
  metric: TargetMetric,
  of_severity: SeverityWord.optional(),
  failing: Share,
  within: Count.optional(),
  weeks: z.int().positive(),
  min_sample: Count,
});

const Person = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/);

/** A consequence that a pact names and that moves no money, with its one effect. Spans in milliseconds. */
const FollowingShape = fields({
  named: Word,
  set_state: StateWord.optional(),
  hold_lane: z.literal(true).optional(),
  stop_agent: z.literal(true).optional(),
  sample_times: z.int().min(2).max(100).optional(),
  for: Count.optional(),
  route_to: Word.optional(),
  notify: z.array(Person).max(64).optional(),
});
export type Following = z.infer<typeof FollowingShape>;
const Followings = z.array(FollowingShape).max(64).optional();

/** A weekly target that has consequences. Its bound is a share in parts per million, or a span in milliseconds. */
const TargetShape = fields({
  target: RuleId,
  metric: TargetMetric,
  of_severity: SeverityWord.optional(),
  at_least: Count.optional(),
  at_most: Count.optional(),
  weeks: z.int().positive(),
  min_sample: Count,
  then: z.array(FollowingShape).min(1).max(64),
});
export type FollowedTarget = z.infer<typeof TargetShape>;

/** What a pact says about trust in a lane, resolved: all that the fold needs of it. Spans in milliseconds. */
const LaneTermsShape = fields({
  owner: Word,
  enforced: z.boolean(),
  allowed: Rates,
  relaxed: Rates,
  /** Conversations a day, where the pact declares them. */
  per_day: Count.optional(),
  ceiling: StateWord,
  sign_off: fields({ limited: z.boolean(), autonomous: z.boolean() }),
  dwell: fields({ limited: Count, autonomous: Count }),
  lease: z.int().positive(),
  /** The highest state in which a declared minor change opens its epoch. */
  on_change: StateWord,
  outcome_weeks: Count,
  /** The kinds of work and their shares of the reference mix, in parts per million; the last is all other work. */
  strata: z
    .array(fields({ name: Word, share: Count }))
    .max(33)
    .optional(),
  /** The targets that a week of outcomes is judged by; absent where none was told of. */
  outcomes: z.array(OutcomeTargetShape).max(64).optional(),
  /** What follows from one violation that escaped and is confirmed; absent where nothing does. */
  on_violation: fields({ critical: Followings, major: Followings, minor: Followings }).optional(),
  /** The weekly targets from which something follows where they are missed; absent where nothing does. */
  targets: z.array(TargetShape).max(64).optional(),
});
export type LaneTerms = z.infer<typeof LaneTermsShape>;

export const AGENT_KINDS = {
  'agent.registered': fields({
    agent: AgentName,
    party: z.string().min(1).max(96),
    purpose: z.string().max(200).optional(),
    ...made,
  }),
  'agent.changed': fields({ agent: AgentName, version: z.int().min(2), class: z.enum(['minor', 'major']), ...made }),
  'agent.stopped': fields({ agent: AgentName, lane: Lane.optional(), reason: Commitment.optional() }),
  'agent.resumed': fields({ agent: AgentName, lane: Lane.optional(), reason: Commitment }),
  'state.moved': fields({
    agent: AgentName,
    lane: Lane,
    from: StateWord,
    to: StateWord,
    reason: Word,
    note: Commitment.optional(),
    epoch: Count.optional(),
  }),
  'pact.proposed': fields({
    digest: PactDigest,
    pact: Word,
    version: z.int().positive(),
    author: Word,
    agents: z.array(AgentName).max(200),
    files: z.array(fields({ path: z.string().max(255), content: Blob })).max(600),
    /** Absent where no tests came with it. */
    tests: fields({ passed: Count, failed: Count, gaps: Count }).optional(),
    lanes: z.record(Lane, LaneTermsShape).optional(),
  }),
  'pact.signed': fields({ digest: PactDigest, ticked: z.array(z.string().max(200)).max(1_000).optional() }),
  'pact.published': fields({
    digest: PactDigest,
    pact: Word,
    version: z.int().positive(),
    agents: z.array(AgentName).max(200),
    lanes: z.array(Lane).max(32),
    /** Lanes in which the agent may do more than under the version before, and those that did not change. */
    widened: z.array(Lane).max(32).optional(),
    unchanged: z.array(Lane).max(32).optional(),
    from: Instant,
  }),
  'owner.confirmed': fields({ pact: Word, owner: Word, person: Word }),
  'rehearsal.done': fields({
    digest: PactDigest,
    against: PactDigest.optional(),
    conversations: Count,
    actions: Count,
    allow: Count,
    hold: Count,
    deny: Count,
    report: Blob.optional(),
  }),
  'trial.done': fields({
    agent: AgentName,
    cases: Count,
    tries: z.int().positive(),
    passed_all: Count,
    report: Blob.optional(),
  }),
  'drill.done': fields({
    drill: z.enum(['stop', 'owner_silent', 'gate_down', 'injection']),
    agent: AgentName.optional(),
    passed: z.boolean(),
    took_ms: Count,
    detail: z.string().max(200).optional(),
  }),
  'consequence.applied': fields({
    consequence: Word,
    cause: Word,
    agent: AgentName,
    lane: Lane.optional(),
    rule: RuleId.optional(),
    /** Of a hand-over: the conversations that were given to the owner. */
    conversations: z.array(ConversationName).max(500).optional(),
    owner: Word.optional(),
    until: Instant.optional(),
    /** Of what the pact lets follow: its name there, and the entry that is the cause. */
    named: Word.optional(),
    entry: Count.optional(),
    to: StateWord.optional(),
    times: z.int().min(2).max(100).optional(),
    people: z.array(Person).max(64).optional(),
    /** Of an `outcome_week`: what the week came to, by target. */
    outcome: fields({
      week: WeekWord,
      verdict: z.enum(['pass', 'fail', 'insufficient']),
      targets: z.array(fields({ target: RuleId, failures: Count, n: Count })).max(64),
    }).optional(),
    /** Of a missed weekly target: the week and as many before it, and the interval’s better end, which missed the bound. */
    missed: fields({
      target: RuleId,
      metric: TargetMetric,
      week: WeekWord,
      weeks: z.int().positive(),
      n: Count,
      best: Count,
      bound: Count,
    }).optional(),
  }),
};
