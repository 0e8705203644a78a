/** Every route of the contract and the operation behind it: decode → operation → encode, nothing else. */
import type { AnswerOf, BodyOf, ParamsOf, QueryOf, RouteName, SessionView } from '@surety/core/wire';
import { proposeAction } from '../operations/action/propose.ts';
import { reportAction } from '../operations/action/report.ts';
import { showAction } from '../operations/action/show.ts';
import { waitForAnswer } from '../operations/action/wait.ts';
import { guideAgent } from '../operations/agent/guide.ts';
import { changeAgent, registerAgent } from '../operations/agent/register.ts';
import { resumeAgent } from '../operations/agent/resume.ts';
import { setState } from '../operations/agent/set-state.ts';
import { stopAgent } from '../operations/agent/stop.ts';
import { listAgents, showTrust } from '../operations/agent/trust.ts';
import type { Context } from '../operations/context.ts';
import { importConversations } from '../operations/conversation/import.ts';
import { listConversations } from '../operations/conversation/list.ts';
import { showConversation } from '../operations/conversation/show.ts';
import { listDecisions } from '../operations/decision/list.ts';
import { showDecision } from '../operations/decision/show.ts';
import { recordDrill } from '../operations/drill/record.ts';
import { acknowledgeHold } from '../operations/hold/acknowledge.ts';
import { answerHold } from '../operations/hold/answer.ts';
import { listHolds } from '../operations/hold/list.ts';
import { createKey } from '../operations/key/create.ts';
import { listKeys } from '../operations/key/list.ts';
import { revokeKey } from '../operations/key/revoke.ts';
import { weeklyMetrics } from '../operations/metrics/weekly.ts';
import type { Actor } from '../operations/operation.ts';
import { recordOutcome } from '../operations/outcome/record.ts';
import { proposePact } from '../operations/pact/propose.ts';
import { publishPact } from '../operations/pact/publish.ts';
import { signPact } from '../operations/pact/sign.ts';
import { listPacts, showPact } from '../operations/pact/view.ts';
import { closePerson } from '../operations/person/close.ts';
import { invitePerson } from '../operations/person/invite.ts';
import { linkPerson } from '../operations/person/link.ts';
import { listPeople } from '../operations/person/list.ts';
import { setRoles } from '../operations/person/set-roles.ts';
import { askSample } from '../operations/sample/ask.ts';
import { beginSession } from '../operations/session/begin.ts';
import { changePassword } from '../operations/session/change-password.ts';
import { endSession } from '../operations/session/end.ts';
import { type Begun, type OpenSession, viewSession } from '../operations/session/open-session.ts';
import { setUpPerson } from '../operations/session/set-up.ts';
import { takeLink } from '../operations/session/take-link.ts';
import { eraseSubject } from '../operations/subject/erase.ts';
import { showToday } from '../operations/today/show.ts';
import { giveVerdict } from '../operations/verdict/give.ts';
import { reviewWeek } from '../operations/week/review.ts';
import { listReviews } from '../operations/week/reviews.ts';

interface Call<N extends RouteName> {
  readonly context: Context;
  readonly actor: Actor;
  readonly body: BodyOf<N>;
  readonly params: ParamsOf<N>;
  readonly query: QueryOf<N>;
  /** Of the entry this request makes: from its Idempotency-Key, or new. */
  readonly id: string;
  /** Of a route that is asked in a session. */
  readonly session: OpenSession;
  /** Where it was asked from. */
  readonly from: string;
  /** The token goes into the cookie; what is left is the answer. */
  keep(begun: Begun): SessionView;
  forget(): void;
}

export type Routes = { readonly [N in RouteName]: (call: Call<N>) => Promise<AnswerOf<N>> };

export const HANDLERS: Routes = {
  'today.show': ({ context, actor, query }) => showToday(context, actor, query),
  'conversation.list': ({ context, query }) => listConversations(context, query),
  'conversation.show': ({ context, params }) => showConversation(context, params.conversation),
  'decision.list': ({ context, query }) => listDecisions(context, query),
  'decision.show': ({ context, params }) => showDecision(context, params.id),
  'action.propose': ({ context, actor, body }) => proposeAction(context, actor, body),
  'action.report': ({ context, actor, params, body }) => reportAction(context, actor, params.id, body),
  'action.show': async ({ context, actor, params, query }) => {
    await waitForAnswer(context, params.id, query.wait ?? 0);
    return showAction(context, actor, params.id);
  },
  'hold.list': ({ context, query }) => listHolds(context, query),
  'hold.acknowledge': ({ context, actor, params }) => acknowledgeHold(context, actor, params.id),
  'hold.answer': ({ context, actor, params, body }) => answerHold(context, actor, params.id, body),
  'outcome.record': ({ context, actor, body, id }) => recordOutcome(context, actor, body, id),
  'verdict.give': ({ context, actor, body, id }) => giveVerdict(context, actor, body, id),
  'agent.register': ({ context, actor, body }) => registerAgent(context, actor, body),
  'agent.change': ({ context, actor, params, body, id }) => changeAgent(context, actor, params.name, body, id),
  'agent.list': ({ context }) => listAgents(context),
  'agent.trust': ({ context, params }) => showTrust(context, params.name),
  'agent.state': ({ context, actor, params, body, id }) => setState(context, actor, params.name, body, id),
  'agent.stop': ({ context, actor, params, body, id }) => stopAgent(context, actor, params.name, body, id),
  'agent.resume': ({ context, actor, params, body, id }) => resumeAgent(context, actor, params.name, body, id),
  'agent.guide': ({ context, params }) => guideAgent(context, params.name),
  'pact.propose': ({ context, actor, body }) => proposePact(context, actor, body),
  'pact.sign': ({ context, actor, params, body }) => signPact(context, actor, params.digest, body),
  'pact.publish': ({ context, actor, params }) => publishPact(context, actor, params.digest),
  'pact.list': ({ context }) => listPacts(context),
  'pact.show': ({ context, params }) => showPact(context, params.digest),
  'conversation.import': ({ context, actor, body }) => importConversations(context, actor, body),
  'session.show': async ({ context, session }) => viewSession(session, context.entrance.isSample),
  'session.begin': async ({ context, body, from, keep }) => keep(await beginSession(context, body, from)),
  'session.link': async ({ context, body, keep }) => keep(await takeLink(context, body)),
  'session.set_up': async ({ context, session, body, keep }) => keep(await setUpPerson(context, session, body)),
  'session.password': async ({ context, session, body, from, keep }) =>
    keep(await changePassword(context, session, body, from)),
  'session.end': async ({ context, session, forget }) => {
    forget();
    return endSession(context, session);
  },
  'person.list': ({ context }) => listPeople(context),
  'person.invite': ({ context, body }) => invitePerson(context, body),
  'person.link': ({ context, params }) => linkPerson(context, params.name),
  'person.roles': ({ context, params, body }) => setRoles(context, params.name, body),
  'person.close': ({ context, params }) => closePerson(context, params.name),
  'sample.ask': ({ context, params }) => askSample(context, params.scenario),
  'key.create': ({ context, body }) => createKey(context, body),
  'key.list': ({ context }) => listKeys(context),
  'key.revoke': ({ context, params }) => revokeKey(context, params.id),
  'subject.erase': ({ context, actor, body, id }) => eraseSubject(context, actor, body, id),
  'metrics.weekly': ({ context, query }) => weeklyMetrics(context, query),
  'week.reviews': ({ context, query }) => listReviews(context, query),
  'week.review': ({ context, actor, body, id }) => reviewWeek(context, actor, body, id),
  'drill.record': ({ context, actor, body, id }) => recordDrill(context, actor, body, id),
};
