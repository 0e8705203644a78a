/** What trust in an agent in a lane is made of, on the wire: the sentence first, then scores, streams, moves and days. */
import { z } from 'zod';
import { StateWord, Time } from './shapes.ts';

/** A score from 0 to 1000: 500 means that what the pact allows is proven. Below a minimum of evidence there is no number. */
const Score = z.object({
  score: z.int().nullable(),
  /** Between these it lies, on its own scale; the score itself is the lower one. */
  lower: z.int().nullable(),
  upper: z.int().nullable(),
  /** Conversations it rests on, older ones counting less. */
  n: z.number(),
  /** What is missing, where there is no number. */
  missing_sentence: z.string().nullable(),
});

/** Rates as shares of 1. */
const Stream = z.object({
  stream: z.string(),
  /** Proven before `autonomous`, watched in it. */
  allowed: z.number(),
  /** Proven before `limited`, watched in it. */
  relaxed: z.number(),
  /** Conversations of this epoch, and those among them with such a violation. */
  n: z.int(),
  violations: z.int(),
  lower: z.number(),
  upper: z.number(),
  proven: z.boolean(),
});

const Move = z.object({
  at: Time,
  seq: z.int(),
  from: StateWord,
  to: StateWord,
  /** As in the entry: `by_hand`, `alarm.major`, `promoted.limited` … */
  reason: z.string(),
  sentence: z.string(),
});

const MissedTarget = z.object({
  at: Time,
  seq: z.int(),
  /** The last one of its window. */
  week: z.string(),
  target: z.string(),
  /** Which target was missed by how much, and what followed. */
  sentence: z.string(),
});

const Day = z.object({
  /** YYYY-MM-DD, in UTC. */
  day: z.string(),
  /** The conduct score at the end of that day, with its bounds; null below the minimum of evidence. */
  conduct: z.int().nullable(),
  lower: z.int().nullable(),
  upper: z.int().nullable(),
  /** Conversations counted that day. */
  n: z.int(),
});

export const LaneTrust = z.object({
  /** What the gate goes by now: time alone lowers. */
  effective_state: StateWord,
  /** Since when the state is as it is; null: from the start. */
  since: Time.nullable(),
  /** Whether a person set the state by hand. */
  by_hand: z.boolean(),
  /** What is known, in words: "At most 1.3 % break a rule; you allow 1 %. …" */
  sentence: z.string(),
  /** What is still needed for the next state, each in words. */
  needs: z.array(z.string()),
  next_state: StateWord.nullable(),
  scores: z.object({ conduct: Score, outcome: Score }),
  /** Where the two scores disagree by more than their bounds allow, in words; else null. */
  gap: z.string().nullable(),
  streams: z.array(Stream),
  /** The latest moves, newest first. */
  history: z.array(Move),
  /** The latest weekly targets that were missed and had consequences, newest first. */
  missed: z.array(MissedTarget),
  /** The last 60 days with evidence, oldest first; empty in a list of agents. */
  series: z.array(Day),
  lease_until: Time.nullable(),
  /** How many times more than usual is drawn for people: 1, 3, or what the pact says after a violation or a missed target. */
  sampling: z.int(),
});
export type LaneTrust = z.infer<typeof LaneTrust>;
