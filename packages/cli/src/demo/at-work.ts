/** Everybody of the sample desk at work: set up, the history played where it is missing, then the traffic that goes on. */
import { openAgent, type SampleAgent } from './agent.ts';
import type { Diary } from './diary.ts';
import { buildHistory, type HistoryOptions } from './history.ts';
import { Outcomes } from './outcomes.ts';
import { People } from './people.ts';
import type { SampleClock } from './sample-clock.ts';
import { makeScenarios, type Scenarios } from './scenarios.ts';
import { setUp } from './set-up.ts';
import { Shop } from './shop.ts';
import { readStock } from './stock.ts';
import { Traffic } from './traffic.ts';
import { AGENTS, type AgentName, type Wanted } from './visit.ts';

export interface Place {
  readonly address: string;
  readonly localKey: string;
  readonly diary: Diary;
  readonly clock: SampleClock;
}

export interface AtWorkOptions extends HistoryOptions, Place {
  readonly speed: number;
}

export interface AtWork {
  readonly scenarios: Scenarios;
  close(): Promise<void>;
}

/** Visits in which something is held, so that the queue is not empty for whoever looks first. */
const FIRST_HOLDS: readonly Wanted[] = [
  { agent: 'bolt', kind: 'refund', slip: 'none' },
  { agent: 'aria', kind: 'urgent', slip: 'none' },
  { agent: 'bolt', kind: 'escalation', slip: 'moves' },
  { agent: 'bolt', kind: 'refund', slip: 'not_asked' },
];

/** `undefined`: it was told to stop before its history was written; the next start goes on with it. */
export async function goToWork(options: AtWorkOptions): Promise<AtWork | undefined> {
  const { pages } = options.diary;
  const isNew = pages.next < pages.visits;
  const parts = await employ(options);
  if (isNew) await buildHistory(parts, options);
  if (pages.next < pages.visits) {
    await parts.leave();
    return undefined;
  }
  options.clock.goLive();
  const traffic = new Traffic(parts, options);
  traffic.start();
  if (isNew) for (const wanted of FIRST_HOLDS) void traffic.visit(wanted, { isQuick: true });
  return {
    scenarios: makeScenarios(traffic, parts.people, pages.seed),
    async close() {
      await traffic.close();
      await parts.leave();
    },
  };
}

/** Everybody who works at the desk, with what they work with. */
export async function employ({ address, localKey, diary, clock }: Place) {
  const people = new People(address, localKey);
  await setUp(people, diary);
  const stock = readStock();
  const shop = new Shop(stock, clock.read);
  const open = (name: AgentName) => openAgent(address, diary.pages.keys[name] ?? '', name, shop);
  const [aria, bolt] = await Promise.all([open('aria'), open('bolt')]);
  const agents: Readonly<Record<AgentName, SampleAgent>> = { aria, bolt };
  const outcomes = new Outcomes(address, diary.pages.keys['helpdesk'] ?? '');
  return {
    address,
    agents,
    open,
    people,
    outcomes,
    shop,
    stock,
    diary,
    clock,
    async leave() {
      for (const name of AGENTS) await agents[name].close();
    },
  };
}
