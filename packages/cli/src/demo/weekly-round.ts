/**
 * The Monday round of the sample desk: governance signs the week that is over, lane by lane. A lane that kept the pact is
 * widened; so few conversations prove nothing yet, so its state is then set by hand, and its reason says so.
 */
import { formatWeek, weekAt } from '@surety/core/terms';
import type { AgentTrust } from '@surety/core/wire';
import type { People } from './people.ts';
import { once } from './set-up.ts';
import { AGENTS, type AgentName } from './visit.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const NINE_MS = 9 * 3_600_000;
/** The first day of 1970 was a Thursday. */
const MONDAY_MS = 4 * DAY_MS;

type Lane = AgentTrust['lanes'][number];

/** From which Monday on a lane may be widened. */
const WIDENED: Readonly<Record<AgentName, Readonly<Record<string, number>>>> = {
  aria: { ticket_triage: 1, reply_drafting: 1, escalation_routing: 2, refund_checks: 2 },
  bolt: { ticket_triage: 2, reply_drafting: 2, escalation_routing: 3 },
};
/** In the latest week this one is left for whoever looks around. */
const LEFT = { agent: 'bolt', lane: 'refund_checks' } as const;

/** Mondays at nine after one time and up to another. */
export function mondaysIn(after: number, to: number): number[] {
  const mondays: number[] = [];
  const first = Math.floor((after - MONDAY_MS) / WEEK_MS) * WEEK_MS + MONDAY_MS + NINE_MS;
  for (let at = first; at <= to; at += WEEK_MS) if (at > after) mondays.push(at);
  return mondays;
}

/** At a Monday of a history that lies between these times. */
export async function signWeek(people: People, monday: number, begins: number, ends: number): Promise<void> {
  const week = formatWeek(weekAt(monday - DAY_MS));
  const n = mondaysIn(begins, monday).length;
  const isLatest = mondaysIn(monday, ends).length === 0;
  for (const agent of AGENTS) {
    const { lanes } = await people.as('head.of.support').agent.trust({ name: agent });
    const mine = lanes.filter(({ lane }) => !(isLatest && agent === LEFT.agent && lane === LEFT.lane));
    await Promise.all(mine.map((lane) => signLane(people, agent, lane, week, n)));
  }
}

async function signLane(people: People, agent: AgentName, lane: Lane, week: string, monday: number): Promise<void> {
  const { decision, note } = judged(agent, lane, monday);
  const head = people.as('head.of.support');
  await once(() => people.as('governance.lead').week.review({ agent, lane: lane.lane, week, decision, note }));
  if (decision !== 'widen') return;
  const reason = `Sample data: widened in the review of ${week}; too few conversations to prove it, so it is set by hand`;
  await once(() => head.agent.state({ name: agent }, { lane: lane.lane, state: 'limited', reason }));
}

/** A lane that fell has to prove itself; one in which something grave reached a customer waits. */
function judged(agent: AgentName, lane: Lane, monday: number): { decision: 'keep' | 'widen'; note: string } {
  const { effective_state, history, streams } = lane;
  const hasFallen = history.some(({ from, to }) => from === 'limited' && to === 'supervised');
  const grave = streams.find(({ stream }) => stream === 'critical')?.violations ?? 0;
  if (hasFallen) return { decision: 'keep', note: 'It was narrowed for a reason; it comes back by proof alone.' };
  if (effective_state !== 'supervised') return { decision: 'keep', note: 'As it should be; nothing to change.' };
  if (grave > 0) return { decision: 'keep', note: 'Something critical got through; people stay beside it.' };
  const from = WIDENED[agent][lane.lane];
  if (from === undefined) return { decision: 'keep', note: 'Too much was refused here; people stay beside it.' };
  if (monday < from) return { decision: 'keep', note: 'Too early to tell; people stay beside it.' };
  return {
    decision: 'widen',
    note: 'It kept the pact while people looked at everything; small amounts alone from now on.',
  };
}
