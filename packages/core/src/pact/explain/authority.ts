/** What an agent may do in a lane in a trust state, as one sentence. */
import type { TrustState } from '../../terms/decision.ts';
import { formatShare } from '../../terms/time.ts';
import type { Pact } from '../pact.ts';
import { isHandOver, type LaneFile } from '../syntax.ts';
import { amount, list } from './words.ts';

/** More tools than this are counted, not named. */
const NAMED_MOST = 3;
/** Parts per million. */
const ALL = 1_000_000;

/**
 * `times`: how many times as much as usual is drawn for people.
 * @example "On its own: issue refund, max amount 50.00 USD; 10 % are held for a person."
 */
export function authoritySentence(pact: Pact, lane: string, state: TrustState, times = 1): string {
  const plan = pact.lanes.get(lane);
  const file = pact.file.lanes[lane];
  if (!plan || !file) return '';
  if (state === 'suspended') return 'Here it may only hand over to a person.';
  if (!plan.enforced) return 'Tried in shadow: nothing it does here is stopped.';
  if (state === 'supervised') return 'A person decides every action here.';
  const tools = Object.entries(file.may).flatMap(([name, tool]) => (isHandOver(name, tool) ? [] : [name]));
  if (tools.length === 0) return 'It hands conversations over to people.';
  const what = tools.length > NAMED_MOST ? `any of ${tools.length} tools` : list(tools).replaceAll('_', ' ');
  const bounds = boundsIn(file, state);
  const sample = Math.min(ALL, plan.holdSample[state] * times);
  return [
    `On its own: ${what}`,
    bounds.length === 0 ? '' : `, ${list(bounds)}`,
    sample === 0 ? '' : `; ${formatShare(sample)} are held for a person`,
    '.',
  ].join('');
}

const boundsIn = ({ parameters = {}, autonomy }: LaneFile, state: 'limited' | 'autonomous'): string[] =>
  Object.keys(parameters).flatMap((name) => {
    const written = autonomy?.[state]?.[name];
    if (written === undefined) return [];
    return [`${name.replaceAll('_', ' ')} ${typeof written === 'string' ? amount(written) : written}`];
  });
