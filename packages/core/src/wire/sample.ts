/** What the sample desk shows on request. On a desk with real work there is nothing of it. */
import { z } from 'zod';
import { AgentName, Id } from './shapes.ts';

export const SCENARIOS = ['refunds', 'worse-model', 'better-model'] as const;
export type Scenario = (typeof SCENARIOS)[number];
export const AskSample = z.strictObject({}).meta({ id: 'AskSample' });

export const SampleShown = z
  .object({
    /** What happens now, and where to look. */
    says: z.string(),
    agent: AgentName,
    /** Of the conversations it opens, in their order; they may not have begun yet. */
    conversation_ids: z.array(Id),
  })
  .meta({ id: 'SampleShown' });
export type SampleShown = z.infer<typeof SampleShown>;

export const SAMPLE_ROUTES = {
  'sample.ask': {
    method: 'POST',
    path: '/v1/sample/{scenario}',
    says: 'Let the sample desk show something: three refunds to one customer, or a worse model behind an agent',
    may: ['steward', 'governance', 'support_manager', 'quality_analyst', 'reviewer', 'engineer'],
    params: z.object({ scenario: z.enum(SCENARIOS) }),
    body: AskSample,
    answer: SampleShown,
  },
} as const;
