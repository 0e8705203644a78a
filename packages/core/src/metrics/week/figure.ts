/** One weekly figure as everyone shows it: value, interval, n, what it rests on, and the definition in force. */
import { z } from 'zod';

export const WEEKLY_METRICS = [
  'fcr_agent_alone',
  'fcr_desk',
  'fcr_agent_alone_presumed',
  'fcr_desk_presumed',
  'csat',
  'csat_mean',
  'need_to_escalated_p50',
  'need_to_escalated_p90',
  'escalated_to_acknowledged_p50',
  'escalated_to_acknowledged_p90',
  'acknowledged_to_reply_p50',
  'acknowledged_to_reply_p90',
  'violations_escaped',
  'violations_escaped_critical',
  'violations_escaped_major',
  'violations_escaped_minor',
  'violations_blocked',
  'cost_per_verified_resolution',
] as const;
export type WeeklyMetric = (typeof WEEKLY_METRICS)[number];

const Part = z.object({
  known: z.int(),
  of: z.int(),
  says: z.string(),
});
const Around = z.object({ value: z.number(), lower: z.number(), upper: z.number(), says: z.string() });

export const WeeklyFigure = z
  .object({
    metric: z.enum(WEEKLY_METRICS),
    title: z.string(),
    /** The figure in one sentence, or what is missing. */
    says: z.string(),
    /** The definition in force. */
    definition: z.string(),
    /** `share`: 0 to 1; `score`: 1 to 5; `ms`: milliseconds; `minor`: money in minor units of `currency`. */
    unit: z.enum(['share', 'score', 'ms', 'minor']),
    currency: z.string().nullable(),
    /** Null below the minimum of evidence. */
    value: z.number().nullable(),
    /** The interval at 95 %; null where none can be given. */
    lower: z.number().nullable(),
    upper: z.number().nullable(),
    /** Of a share: how many of `n`. */
    met: z.int().nullable(),
    n: z.int(),
    /** The least n for which a number is shown. */
    least: z.int(),
    /** One sentence; null where nothing is. */
    missing: z.string().nullable(),
    /** On how much of what there was it rests. */
    coverage: Part.nullable(),
    /** Of conversations whose days have not passed yet: how many count, and when all do (RFC 3339). */
    maturity: Part.extend({ final_at: z.string() }).nullable(),
    /** An early line, of all there are, where not all are mature. */
    early: Around.nullable(),
    /** In the mix of work of the four weeks before. */
    standardised: Around.nullable(),
    /** Against the week before; `moved` where chance alone does not explain it. */
    change: z
      .object({ value: z.number(), lower: z.number(), upper: z.number(), moved: z.boolean(), says: z.string() })
      .nullable(),
    /** The pact's weekly targets for it. */
    targets: z.array(
      z.object({
        id: z.string(),
        at_least: z.number().nullable(),
        at_most: z.number().nullable(),
        window_weeks: z.int(),
        n: z.int(),
        min_sample: z.int(),
        status: z.enum(['met', 'not_met', 'too_little_evidence']),
        says: z.string(),
      }),
    ),
    /** What must be read beside it, such as missed escalations. */
    beside: z.array(z.object({ what: z.string(), count: z.int().nullable(), says: z.string() })),
  })
  .meta({ id: 'WeeklyFigure' });
export type WeeklyFigure = z.infer<typeof WeeklyFigure>;
