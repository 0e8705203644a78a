/** What each kind of entry does to an agent it addresses, and what it triggers. */
import { observe, observeMissing } from './detector.ts';
import type { Incident, LoggedEntry, Observed } from './entry.ts';
import { ONE_BELOW, type RungName, type Trigger } from './ladder.ts';
import type { Stream } from './limits.ts';
import type { TrustPlan } from './plan.ts';
import type { AgentTrust, StreamState } from './slot.ts';

/** The agent after all updates, and the triggers in the order in which they count. */
export interface Reading {
  readonly agent: AgentTrust;
  readonly triggers: readonly Trigger[];
}

type Reader<Entry> = (plan: TrustPlan, agent: AgentTrust, entry: Entry) => Reading;

const by = (rung: RungName): Trigger => ({ rung, reason: rung });
const only = (agent: AgentTrust, ...triggers: readonly Trigger[]): Reading => ({ agent, triggers });

/** What is alarmed by name: the reason tells which stream it was. */
const alarmOf = ({ id, onAlarm }: Stream): Trigger => ({ rung: `alarm.${onAlarm}`, reason: `alarm.${id}` });

/** A proven escaped critical that reached someone stops, unless the pact leaves it to the alarm. */
const stops = ({ limits }: TrustPlan, { escaped, confirmed }: Observed | Incident): boolean =>
  escaped === 'critical' && confirmed === true && limits.stopOnEscapedCritical;

/** All updates first, then the triggers: the stop, the alarms in the order of the streams, drift. */
function readObserved(plan: TrustPlan, before: AgentTrust, entry: Observed): Reading {
  if (before.state === 'suspended') return only(before);
  const observed = observe(plan, before, entry);
  const agent: AgentTrust = entry.blocked === 'critical' ? { ...observed, sampling: 3 } : observed;
  const triggers: Trigger[] = stops(plan, entry) ? [by('stop.critical')] : [];
  const { streams } = agent;
  for (let i = 0; i < streams.length; i++) {
    const stream = plan.limits.streams[i];
    if (stream && (streams[i] as StreamState).detector.value >= plan.alarmAt) triggers.push(alarmOf(stream));
  }
  if (agent.drift && agent.drift.wealth.value >= plan.alarmAt) triggers.push(by('drift'));
  return { agent, triggers };
}

/** It can stop an agent, or sharpen what is drawn; it enters no rate. */
function readIncident(plan: TrustPlan, agent: AgentTrust, entry: Incident): Reading {
  if (!entry.confirmed) return only(agent);
  return stops(plan, entry) ? only(agent, by('stop.critical')) : only({ ...agent, sampling: 3 });
}

function readMissing(plan: TrustPlan, agent: AgentTrust, count: number): Reading {
  if (agent.state === 'suspended') return only(agent);
  let heard = agent;
  for (let i = 0; i < count; i++) heard = observeMissing(plan, heard);
  return only(heard);
}

type Readers = { readonly [Type in LoggedEntry['type']]: Reader<Extract<LoggedEntry, { readonly type: Type }>> };

const REVIEWS = {
  widen: (agent: AgentTrust, at: number) => only({ ...agent, signedAt: at, isFrozen: false }),
  keep: (agent: AgentTrust) => only({ ...agent, signedAt: null, isFrozen: true }),
  narrow: (agent: AgentTrust, _: number, to = ONE_BELOW[agent.state]) =>
    only({ ...agent, signedAt: null }, { ...by('weeklyReview.narrow'), to }),
} as const;

const READERS: Readers = {
  // Whoever comes in, and the licence of the lane, are the slot’s own affair.
  registered: (_, agent) => only(agent),
  licence: (_, agent) => only(agent),
  tick: (_, agent) => only(agent),
  observed: readObserved,
  incident: readIncident,
  gap: (plan, agent, { kind, count = 1 }) =>
    kind === 'chain' ? only(agent, by('stop.chain')) : readMissing(plan, agent, count),
  stopped: (_, agent, { drill }) => (drill ? only(agent) : only(agent, by('stop.person'))),
  released: (_, agent) => only(agent, by('released')),
  versionChanged: (_, agent, entry) => only(agent, by(`version.${entry.class}`)),
  pactChanged: (_, agent, { widened }) => only(agent, by(widened ? 'pact.widened' : 'pact.changed')),
  consequence: (_, agent, { to }) => only(agent, { ...by('consequence'), to }),
  setByHand: (_, agent, { to }) => only(agent, { ...by('by_hand'), to }),
  weeklyReview: (_, agent, { decision, at, to }) => REVIEWS[decision](agent, at, to),
  outcomeWeek: (_, agent, { fail, pass }) =>
    fail
      ? only({ ...agent, outcomeOk: 0 }, by('outcome'))
      : only({ ...agent, outcomeOk: pass ? agent.outcomeOk + 1 : 0 }),
};

export function read(plan: TrustPlan, agent: AgentTrust, entry: LoggedEntry): Reading {
  const reader = READERS[entry.type] as Reader<LoggedEntry>;
  return reader(plan, agent, entry);
}
