/** What allowed rates mean in days, before anybody signs: how long an agent without a violation takes at a lane’s volume. */
import { DAY_SECONDS, type PromotedState, type TrustLimits } from '../../trust/limits.ts';
import { provableOneIn } from '../../trust/proof.ts';
import { type Behaviour, emptyLane, SimulatedLane } from './lane.ts';

export const CLEAN: Behaviour = { critical: 0, major: 0, minor: 0, attempts: 0 };

/** Nobody waits longer for a promotion than this. */
const USEFUL_DAYS = 3 * 365;
const FOUR_WEEKS = 28;

/** How a state is come to without a violation. */
export interface Way {
  /** Days, the reviews of each week signed. */
  readonly days: number;
  /** The strictest rate that is proven on the way: one in so many. */
  readonly oneIn: number;
}

export interface Prospect {
  readonly perDay: number;
  /** The most that four weeks without a violation prove; null where they prove nothing. */
  readonly fourWeeksOneIn: number | null;
  /** Undefined where the state is not offered, or takes more than three years. */
  readonly limited: Way | undefined;
  readonly autonomous: Way | undefined;
}

export function prospectOf(limits: TrustLimits, perDay: number): Prospect {
  const lane = new SimulatedLane(emptyLane(limits), { perDay, arriving: cleanMix(limits) }, () => 0.5);
  const most = Math.ceil(USEFUL_DAYS * perDay);
  const wayTo = (state: PromotedState, rate: 'relaxedRate' | 'allowedRate'): Way | undefined => {
    const promoted = lane.run(most - lane.n, (record) => record.reason === `promoted.${state}`);
    if (!promoted) return undefined;
    const strictest = Math.min(...limits.streams.map((stream) => stream[rate]));
    return { days: promoted.at / DAY_SECONDS, oneIn: Math.round(1 / strictest) };
  };
  const limited = wayTo('limited', 'relaxedRate');
  return {
    perDay,
    fourWeeksOneIn: provableOneIn(Math.floor(FOUR_WEEKS * perDay), limits.alpha, 1),
    limited,
    autonomous: limited && limits.ceiling === 'autonomous' ? wayTo('autonomous', 'allowedRate') : undefined,
  };
}

/** What comes in where the reference mix does, without a violation. */
const cleanMix = ({ weights }: TrustLimits) => weights.map((share) => ({ share, behaves: CLEAN }));
