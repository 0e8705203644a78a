/** Entries about judgement, money and the weekly review. */
import { z } from 'zod';
import {
  AgentName,
  Blob,
  Commitment,
  ConversationName,
  Count,
  EntryId,
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

const Verdict = z.enum(['violation', 'ok', 'unsure']);
/** One action, or a whole conversation. */
const about = {
  agent: AgentName,
  lane: Lane.nullable(),
  conversation: ConversationName,
  action: EntryId.optional(),
};
const rubric = { rubric: Word, rubric_sha256: Sha256 };
const Posting = fields({ account: Word, currency: z.string().regex(/^[A-Z]{3}$/), minor: z.int() });

export const JUDGEMENT_KINDS = {
  'check.done': fields({ ...about, check: Word, verdict: Verdict, severity: SeverityWord.optional() }),
  'vote.cast': fields({
    ...about,
    ...rubric,
    judge: Word,
    verdict: Verdict,
    confidence: z.int().min(0).max(100).optional(),
    detail: Commitment.optional(),
  }),
  'verdict.reached': fields({
    ...about,
    ...rubric,
    verdict: Verdict,
    votes: z.array(EntryId).max(32),
    posterior_ppm: Share.optional(),
    severity: SeverityWord.optional(),
  }),
  'verdict.given': fields({
    ...about,
    verdict: Verdict,
    severity: SeverityWord.optional(),
    rule: RuleId.optional(),
    /** Whether it reached the customer or a system. */
    confirmed: z.boolean().optional(),
    note: Commitment.optional(),
  }),
  'licence.granted': fields({ judge: Word, ...rubric, kappa_ppm: z.int(), n: Count }),
  'licence.lost': fields({ judge: Word, ...rubric, kappa_ppm: z.int(), n: Count, reason: Word }),
  'draw.committed': fields({ purpose: Word, commitment: Sha256 }),
  'draw.revealed': fields({ purpose: Word, seed: Sha256 }),
  'posting.made': fields({ cause: EntryId, postings: z.array(Posting).min(2).max(16), rule: RuleId.optional() }),
  'settlement.closed': fields({
    account: Word,
    period: z.string().regex(/^\d{4}-\d{2}$/),
    statement: Blob,
  }),
  'dispute.opened': fields({ entry: EntryId, ground: Word, note: Commitment.optional() }),
  'dispute.closed': fields({ dispute: EntryId, result: z.enum(['upheld', 'rejected']), note: Commitment.optional() }),
  'week.reviewed': fields({
    agent: AgentName,
    lane: Lane,
    week: z.string().regex(/^\d{4}-W\d{2}$/),
    decision: z.enum(['keep', 'widen', 'narrow']),
    to: StateWord.optional(),
    pact: PactDigest.optional(),
    /** The figures as they stood when it was signed. */
    figures: Blob.optional(),
    note: Commitment.optional(),
    signed_at: Instant.optional(),
  }),
};
