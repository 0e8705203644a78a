/** The way to the server: queries by noun, acts by the name of their route, the record as it grows. */
export { type ActOptions, useAct } from './act.ts';
export type { Sent } from './address.ts';
export {
  makeQueries,
  useAgent,
  useAgents,
  useConversation,
  useConversations,
  useDecision,
  useDecisions,
  useEntry,
  useHolds,
  usePact,
  usePacts,
  useReceipt,
  useToday,
} from './asked.ts';
export { call, type Given, onSignedOut, send } from './client.ts';
export { followRecord, isSure, type Live, useLive } from './live.ts';
export { NOUNS, type Noun } from './nouns.ts';
export { answerLater, takeBack, usePending } from './pending.ts';
export { usePeople } from './people.ts';
export { ApiProblem, isProblem } from './problem.ts';
export {
  become,
  followTabs,
  setUp,
  signIn,
  takeLink,
  tellTabs,
  useBlocked,
  useMay,
  useRoles,
  useSession,
  useSignOut,
} from './session.ts';
export { useReviews, useWeekly, useWeeksBefore, type WeekBefore } from './weeks.ts';
