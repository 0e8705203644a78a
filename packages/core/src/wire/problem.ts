/** What goes wrong on the wire: RFC 9457 problems, each with one code of this closed list and its status. */
import { z } from 'zod';

export const PROBLEMS = {
  'request.malformed': 400,
  'request.too_deep': 400,
  'key.missing': 401,
  'key.unknown': 401,
  'session.missing': 401,
  'session.over': 401,
  'session.refused': 401,
  'link.over': 401,
  'role.forbidden': 403,
  'agent.forbidden': 403,
  'session.set_up': 403,
  'session.forged': 403,
  'route.unknown': 404,
  'agent.unknown': 404,
  'action.unknown': 404,
  'hold.unknown': 404,
  'pact.unknown': 404,
  'entry.unknown': 404,
  'tile.unknown': 404,
  'key.unlisted': 404,
  'person.unknown': 404,
  'conversation.unknown': 404,
  'lane.unknown': 404,
  'subject.unknown': 404,
  'sample.unknown': 404,
  'method.unknown': 405,
  'request.conflict': 409,
  'agent.exists': 409,
  'agent.state': 409,
  'hold.answered': 409,
  'hold.args_changed': 409,
  'hold.refused_by_pact': 409,
  'hold.limit_full': 409,
  'pact.exists': 409,
  'pact.state': 409,
  'pact.same_person': 409,
  'pact.lane_taken': 409,
  'pact.review_needed': 409,
  'person.exists': 409,
  'person.named': 409,
  'person.set_up': 409,
  'person.closed': 409,
  'person.last_steward': 409,
  'week.state': 409,
  'request.too_large': 413,
  'request.media': 415,
  'pact.invalid': 422,
  'exposure.unbounded': 422,
  'password.unfit': 422,
  'rate.exceeded': 429,
  'server.defect': 500,
  unavailable: 503,
} as const;

export type ProblemCode = keyof typeof PROBLEMS;
export const PROBLEM_CODES = Object.keys(PROBLEMS) as readonly ProblemCode[];

/** `application/problem+json`. `detail` is one sentence: what, where, how to mend. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().optional(),
    code: z.enum(PROBLEM_CODES as unknown as [ProblemCode, ...ProblemCode[]]),
    /** Of `pact.invalid`: what is wrong, by place. */
    diagnostics: z.array(z.unknown()).optional(),
    /** Of `rate.exceeded`, where it is known: seconds until it is worth asking again. */
    retry_after_s: z.int().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
