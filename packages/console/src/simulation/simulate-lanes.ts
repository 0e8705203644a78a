/** What the allowed rates of a pact mean in days: for each lane without a violation, and on many imagined agents. */
import type { Pact } from '@surety/core/pact';
import { type Behaviour, Forecast, laneTermsOf, limitsOf, prospectOf, prospectSentence } from '@surety/core/world';
import { readPact } from '../rehearsal/read-pact.ts';
import type { LaneProspect, SimulateMessage, SimulateRequest } from './messages.ts';

const SEED = 1;
const YEAR = 365;
/** A good agent, and after its first year one that breaks a major rule in one of twenty conversations. */
const GOOD: Behaviour = { critical: 0.0001, major: 0.001, minor: 0.008, attempts: 0.01 };
const BROKEN: Behaviour = { ...GOOD, major: 0.05, minor: 0.05 };
const WATCHED_AFTER_BREAK = 90;
const ASSUMED =
  'Simulated: an agent that breaks a critical rule in 0.01 %, a major one in 0.1 %, a minor one in 0.8 % of its conversations, every week reviewed and widened. After a year it breaks a major rule in 5 %.';

export function* simulateLanes(request: SimulateRequest): Generator<SimulateMessage> {
  const read = readPact(request.pact);
  if ('says' in read) yield { kind: 'refused', says: read.says };
  else if (request.kind === 'prospects') yield { kind: 'prospects', lanes: prospectsOf(read.pact, request.perDay) };
  else yield* simulate(read.pact, request);
}

function prospectsOf(pact: Pact, asked: Readonly<Record<string, number>>): readonly LaneProspect[] {
  return Object.entries(laneTermsOf(pact)).map(([lane, terms]): LaneProspect => {
    const perDay = (Object.hasOwn(asked, lane) ? asked[lane] : undefined) ?? terms.per_day ?? null;
    if (perDay === null)
      return { lane, perDay, says: 'The pact does not say how many conversations a day there are; enter it here.' };
    const limits = { ...limitsOf(terms), yearlyVolume: perDay * YEAR };
    return { lane, perDay, says: prospectSentence(prospectOf(limits, perDay)) };
  });
}

function* simulate(
  pact: Pact,
  { lane, perDay, runs }: Extract<SimulateRequest, { readonly kind: 'simulate' }>,
): Generator<SimulateMessage> {
  const terms = Object.entries(laneTermsOf(pact)).find(([name]) => name === lane)?.[1];
  if (!terms) {
    yield { kind: 'refused', says: `${pact.name} has no lane ${lane}.` };
    return;
  }
  const limits = { ...limitsOf(terms), yearlyVolume: perDay * YEAR };
  const breaks = [{ day: YEAR, behaves: BROKEN }];
  const forecast = new Forecast({ limits, perDay, days: YEAR + WATCHED_AFTER_BREAK, behaves: GOOD, breaks }, SEED);
  for (let done = 1; done <= runs; done++) {
    forecast.addRun();
    yield { kind: 'progress', done, of: runs };
  }
  yield { kind: 'simulated', report: forecast.report(), assumed: ASSUMED };
}
