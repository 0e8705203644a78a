/** The HTTP contract: routes, shapes, problems and limits, for server, SDK, console and command line alike. */
export {
  ActionAnswer,
  ActionStanding,
  AnswerReason,
  ProposeAction,
  ReportAction,
} from './action.ts';
export { AgentList, AgentTrust, ChangeAgent, RegisterAgent, ResumeAgent, SetState, StopAgent } from './agent.ts';
export {
  ActionItem,
  ConversationItem,
  ConversationList,
  ConversationRow,
  ConversationView,
  HoldView,
} from './conversation.ts';
export {
  DecisionFull,
  DecisionList,
  DecisionRow,
  FactSeen,
  LimitUse,
  RuleOutcome,
} from './decision.ts';
export { AnswerHold, HoldAnswered, HoldCard, HoldList } from './hold.ts';
export { ImportAnswer, ImportConversations } from './import.ts';
export { CreateKey, KeyCreated, KeyList, KeyView } from './key.ts';
export { WIRE_LIMITS } from './limits.ts';
export { openApi } from './openapi.ts';
export { GiveVerdict, RecordDrill, RecordOutcome } from './outcome.ts';
export { PactAnswer, PactText, PactView, ProposePact, SignPact } from './pact.ts';
export {
  InvitePerson,
  LinkPerson,
  PersonLink,
  PersonList,
  PersonRole,
  PersonView,
  SetRoles,
} from './person.ts';
export { PROBLEM_CODES, PROBLEMS, Problem, type ProblemCode } from './problem.ts';
export {
  type AnswerOf,
  type BodyOf,
  type ParamsOf,
  type QueryOf,
  ROUTES,
  type Route,
  type RouteName,
} from './routes.ts';
export { AskSample, SampleShown, SCENARIOS, type Scenario } from './sample.ts';
export {
  ChangePassword,
  CONSOLE_HEADER,
  SESSION_COOKIE,
  SessionEnded,
  SessionView,
  SetUpPerson,
  SignIn,
  TakeLink,
} from './session.ts';
export { EraseSubject, SubjectErased } from './subject.ts';
export { Today } from './today.ts';
export { LaneTrust } from './trust.ts';
export {
  RecordWeeklyReview,
  WeeklyMetrics,
  WeeklyQuery,
  WeeklyReview,
  WeeklyReviewList,
  WeeklyReviewQuery,
  WeeklyReviewRecorded,
  WeeklyRow,
} from './week.ts';
