/** The limits of a pact made ready: the bets of each stream in each state, and what alarms at how much. */
import { auditedBets } from '../chance/audited.ts';
import { type Bets, betsOf } from '../chance/betting.ts';
import type { TrustState } from '../terms/decision.ts';
import type { Stream, TrustLimits } from './limits.ts';

/** Which of its rates a stream proves in a state, and which it is watched at. */
const RATES: Readonly<Record<TrustState, { readonly proves: RateName; readonly watched: RateName }>> = {
  suspended: { proves: 'relaxedRate', watched: 'relaxedRate' },
  supervised: { proves: 'relaxedRate', watched: 'relaxedRate' },
  limited: { proves: 'allowedRate', watched: 'relaxedRate' },
  autonomous: { proves: 'allowedRate', watched: 'allowedRate' },
};
type RateName = 'relaxedRate' | 'allowedRate';

/** The rate that an epoch in this state has to prove. */
export const rateToProve = (stream: Stream, state: TrustState): number => stream[RATES[state].proves];

type ByState<T> = Readonly<Record<TrustState, T>>;

export interface StreamPlan {
  readonly stream: Stream;
  readonly proof: ByState<Bets>;
  readonly watch: ByState<Bets>;
}

export interface TrustPlan {
  readonly limits: TrustLimits;
  readonly streams: readonly StreamPlan[];
  /** The stream whose baseline is frozen at promotion; one of people’s verdicts has none. */
  readonly driftStream: Stream | undefined;
  /** A detector of a stream, or of drift, alarms at this. */
  readonly alarmAt: number;
}

const byState = <T>(make: (state: TrustState) => T): ByState<T> => ({
  suspended: make('suspended'),
  supervised: make('supervised'),
  limited: make('limited'),
  autonomous: make('autonomous'),
});

function streamPlan(stream: Stream): StreamPlan {
  const watched = (state: TrustState): Bets => {
    const rate = stream[RATES[state].watched];
    return stream.kind === 'audited' ? auditedBets(stream, rate) : betsOf('demote', rate);
  };
  return { stream, proof: byState((state) => betsOf('promote', rateToProve(stream, state))), watch: byState(watched) };
}

/**
 * A detector alarms at (streams + 1)·A, the one more for drift, A = max(1e4, yearlyVolume/alphaYear): an agent that is
 * exactly at every rate has at most a chance of alphaYear of a false alarm in a year.
 */
export function planOf(limits: TrustLimits): TrustPlan {
  const runLength = Math.max(1e4, limits.yearlyVolume / limits.alphaYear);
  return {
    limits,
    streams: limits.streams.map(streamPlan),
    driftStream: limits.streams.find(({ id }) => id === limits.driftStream),
    alarmAt: (limits.streams.length + 1) * runLength,
  };
}
