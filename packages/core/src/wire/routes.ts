/** The HTTP contract as data: every route with who may call it, what it takes and what it answers. */
import { z } from 'zod';
import { type Role, STAFF } from '../terms/role.ts';
import { ActionAnswer, ActionStanding, ProposeAction, ReportAction } from './action.ts';
import {
  AgentList,
  AgentTrust,
  ChangeAgent,
  RegisterAgent,
  ResumeAgent,
  SetState,
  StopAgent,
  StopAnswer,
} from './agent.ts';
import { AcknowledgeHold, AnswerHold, HoldAnswered, HoldList } from './hold.ts';
import { ImportAnswer, ImportConversations } from './import.ts';
import { CreateKey, KeyCreated, KeyList, KeyView, RevokeKey } from './key.ts';
import { WIRE_LIMITS } from './limits.ts';
import { GiveVerdict, RecordDrill, RecordOutcome } from './outcome.ts';
import { PactAnswer, PactList, PactText, ProposePact, PublishPact, SignPact } from './pact.ts';
import { PERSON_ROUTES } from './person-routes.ts';
import { SAMPLE_ROUTES } from './sample.ts';
import { ActionId, AgentName, Digest, HoldId, KeyId, LaneName, Recorded } from './shapes.ts';
import { EraseSubject, SubjectErased } from './subject.ts';
import { VIEW_ROUTES } from './view-routes.ts';
import {
  RecordWeeklyReview,
  WeeklyMetrics,
  WeeklyQuery,
  WeeklyReviewList,
  WeeklyReviewQuery,
  WeeklyReviewRecorded,
} from './week.ts';

export interface Route {
  /** One name through the house: route, operation, SDK method. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  /** Parameters in braces. */
  readonly path: string;
  readonly says: string;
  readonly may: readonly Role[];
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly answer: z.ZodType;
  /** Never refused for its rate. */
  readonly unlimited?: true;
  /** `open`: whoever asks. `session`: a person who signed in, even one who has no password yet; no key. */
  readonly entry?: 'open' | 'session';
}

const MANAGERS = ['steward', 'governance', 'support_manager'] as const;
const actionParams = z.object({ id: ActionId });
const holdParams = z.object({ id: HoldId });
const agentParams = z.object({ name: AgentName });
const digestParams = z.object({ digest: Digest });

export const ROUTES = {
  'action.propose': {
    method: 'POST',
    path: '/v1/actions',
    says: 'Propose an action: it is decided before it happens',
    may: ['agent', 'connector'],
    body: ProposeAction,
    answer: ActionAnswer,
  },
  'action.report': {
    method: 'POST',
    path: '/v1/actions/{id}/report',
    says: 'Report what became of an action',
    may: ['agent', 'connector'],
    params: actionParams,
    body: ReportAction,
    answer: Recorded,
  },
  'action.show': {
    method: 'GET',
    path: '/v1/actions/{id}',
    says: 'Where an action stands, and whether it may run; waits for an answer to its hold when asked to',
    may: ['agent', 'connector', ...STAFF],
    params: actionParams,
    query: z.object({ wait: z.coerce.number().int().min(0).max(WIRE_LIMITS.waitSeconds).optional() }),
    answer: ActionStanding,
  },
  'hold.list': {
    method: 'GET',
    path: '/v1/holds',
    says: 'The queue: one card a conversation, the most urgent first',
    may: STAFF,
    query: z.object({
      owner: z.string().max(96).optional(),
      agent: AgentName.optional(),
      conversation: z.string().max(200).optional(),
    }),
    answer: HoldList,
  },
  'hold.acknowledge': {
    method: 'POST',
    path: '/v1/holds/{id}/acknowledge',
    says: 'Acknowledge a hold: a person is looking at it',
    may: ['reviewer', 'support_manager', 'steward'],
    params: holdParams,
    body: AcknowledgeHold,
    answer: Recorded,
  },
  'hold.answer': {
    method: 'POST',
    path: '/v1/holds/{id}/answer',
    says: 'Approve, edit or refuse held actions, bound to their exact arguments',
    may: ['reviewer', 'support_manager', 'steward'],
    params: holdParams,
    body: AnswerHold,
    answer: HoldAnswered,
  },
  'outcome.record': {
    method: 'POST',
    path: '/v1/outcomes',
    says: 'Record what became of a conversation',
    may: ['connector', 'support_manager', 'steward', 'engineer'],
    body: RecordOutcome,
    answer: Recorded,
  },
  'verdict.give': {
    method: 'POST',
    path: '/v1/verdicts',
    says: 'Give a person’s verdict on an action or a conversation',
    may: ['quality_analyst', 'support_manager', 'reviewer'],
    body: GiveVerdict,
    answer: Recorded,
  },
  'agent.register': {
    method: 'POST',
    path: '/v1/agents',
    says: 'Register an agent; it starts supervised in every lane',
    may: ['engineer', 'steward', 'governance'],
    body: RegisterAgent,
    answer: Recorded,
  },
  'agent.change': {
    method: 'POST',
    path: '/v1/agents/{name}/versions',
    says: 'Declare a change of model, prompt or tools',
    may: ['engineer', 'steward', 'governance'],
    params: agentParams,
    body: ChangeAgent,
    answer: Recorded,
  },
  'agent.list': {
    method: 'GET',
    path: '/v1/agents',
    says: 'Every agent, with its state and exposure in each lane',
    may: STAFF,
    answer: AgentList,
  },
  'agent.trust': {
    method: 'GET',
    path: '/v1/agents/{name}/trust',
    says: 'Where an agent stands in each lane',
    may: ['agent', 'connector', ...STAFF],
    params: agentParams,
    answer: AgentTrust,
  },
  'agent.state': {
    method: 'POST',
    path: '/v1/agents/{name}/state',
    says: 'Set the trust state of an agent in a lane by hand',
    may: MANAGERS,
    params: agentParams,
    body: SetState,
    answer: StopAnswer,
  },
  'agent.stop': {
    method: 'POST',
    path: '/v1/agents/{name}/stop',
    says: 'Stop an agent at once: everything but a hand-over is denied, and its conversations are handed over to people',
    may: [...MANAGERS, 'engineer', 'quality_analyst', 'reviewer'],
    params: agentParams,
    body: StopAgent,
    answer: StopAnswer,
    unlimited: true,
  },
  'agent.resume': {
    method: 'POST',
    path: '/v1/agents/{name}/resume',
    says: 'Resume a stopped agent, with the reason',
    may: MANAGERS,
    params: agentParams,
    body: ResumeAgent,
    answer: Recorded,
  },
  'pact.propose': {
    method: 'POST',
    path: '/v1/pacts',
    says: 'Propose a pact with the files it names and its tests',
    may: ['engineer', 'governance', 'support_manager', 'steward'],
    body: ProposePact,
    answer: PactAnswer,
  },
  'pact.sign': {
    method: 'POST',
    path: '/v1/pacts/{digest}/sign',
    says: 'Sign a pact; its author cannot',
    may: ['governance'],
    params: digestParams,
    body: SignPact,
    answer: PactAnswer,
  },
  'pact.publish': {
    method: 'POST',
    path: '/v1/pacts/{digest}/publish',
    says: 'Put a signed pact in force',
    may: ['governance', 'steward', 'support_manager'],
    params: digestParams,
    body: PublishPact,
    answer: PactAnswer,
  },
  'pact.list': {
    method: 'GET',
    path: '/v1/pacts',
    says: 'Every pact that was proposed, the newest first',
    may: ['agent', 'connector', ...STAFF],
    answer: PactList,
  },
  'pact.show': {
    method: 'GET',
    path: '/v1/pacts/{digest}',
    says: 'A pact with its files, in plain language too',
    may: ['agent', 'connector', ...STAFF],
    params: digestParams,
    answer: PactText,
  },
  'agent.guide': {
    method: 'GET',
    path: '/v1/agents/{name}/guide',
    says: 'What the agent’s side must know when the gate cannot be reached: lanes, modes, reads, hand-over',
    may: ['agent', 'connector', ...STAFF],
    params: agentParams,
    answer: z
      .object({
        agent: AgentName,
        stopped: z.boolean(),
        tools: z.record(
          z.string(),
          z.object({
            lane: LaneName.nullable(),
            mode: z.enum(['shadow', 'enforce']),
            when_unreachable: z.enum(['hold', 'deny']),
            is: z.enum(['read', 'hand_over', 'reply', 'action']),
          }),
        ),
      })
      .meta({ id: 'AgentGuide' }),
  },
  'conversation.import': {
    method: 'POST',
    path: '/v1/conversations/import',
    says: 'Take recorded conversations into the ledger, decided by a pact as in a rehearsal: evidence in shadow mode',
    may: ['engineer', 'steward', 'governance'],
    body: ImportConversations,
    answer: ImportAnswer,
  },
  'key.create': {
    method: 'POST',
    path: '/v1/keys',
    says: 'Create an API key; it is shown once, in the answer',
    may: ['steward'],
    body: CreateKey,
    answer: KeyCreated,
  },
  'key.list': {
    method: 'GET',
    path: '/v1/keys',
    says: 'Every API key: for whom, until when, and whether it is revoked',
    may: ['steward'],
    answer: KeyList,
  },
  'key.revoke': {
    method: 'POST',
    path: '/v1/keys/{id}/revoke',
    says: 'Revoke a key: it is refused from now on',
    may: ['steward'],
    params: z.object({ id: KeyId }),
    body: RevokeKey,
    answer: KeyView,
  },
  'subject.erase': {
    method: 'POST',
    path: '/v1/subjects/erase',
    says: 'Erase the personal values of a customer or a conversation; what was decided stays on the record without them',
    may: ['steward', 'governance'],
    body: EraseSubject,
    answer: SubjectErased,
  },
  'metrics.weekly': {
    method: 'GET',
    path: '/v1/metrics/weekly',
    says: 'The weekly figures of each agent and lane, with intervals, n, coverage and the definitions in force',
    may: STAFF,
    query: WeeklyQuery,
    answer: WeeklyMetrics,
  },
  'week.reviews': {
    method: 'GET',
    path: '/v1/weekly-reviews',
    says: 'The weekly reviews that were signed, the newest first',
    may: STAFF,
    query: WeeklyReviewQuery,
    answer: WeeklyReviewList,
  },
  'week.review': {
    method: 'POST',
    path: '/v1/weekly-reviews',
    says: 'Sign the review of a week in a lane: keep, widen or narrow',
    may: MANAGERS,
    body: RecordWeeklyReview,
    answer: WeeklyReviewRecorded,
  },
  'drill.record': {
    method: 'POST',
    path: '/v1/drills',
    says: 'Record a drill that was run',
    may: ['support_manager', 'steward', 'engineer', 'governance'],
    body: RecordDrill,
    answer: Recorded,
  },
  ...PERSON_ROUTES,
  ...SAMPLE_ROUTES,
  ...VIEW_ROUTES,
} as const satisfies Readonly<Record<string, Omit<Route, 'name'>>>;

export type RouteName = keyof typeof ROUTES;
type Part<N extends RouteName, P extends string> = (typeof ROUTES)[N] extends { readonly [K in P]: z.ZodType<infer T> }
  ? T
  : undefined;
export type BodyOf<N extends RouteName> = Part<N, 'body'>;
export type AnswerOf<N extends RouteName> = Part<N, 'answer'>;
export type ParamsOf<N extends RouteName> = Part<N, 'params'>;
export type QueryOf<N extends RouteName> = Part<N, 'query'>;
