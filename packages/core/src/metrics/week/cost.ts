/** What a verified resolution cost: fee, reviewers' time, measured loss. Null with what is missing where it is not known. */

import { formatMoney, type Money } from '../../terms/money.ts';
import { MINUTE } from '../../terms/time.ts';
import { figure } from './blank.ts';
import { LEAST } from './definitions.ts';
import type { WeeklyFigure } from './figure.ts';
import { isAloneConfirmed, matureTallies, type WeekOf } from './resolution.ts';
import { many, span, whole } from './say.ts';
import { sumOf } from './share.ts';

export interface Prices {
  /** The pact’s, for a verified resolution; null where it declares none. */
  readonly fee: Money | null;
  /** Of a minute of a reviewer; null where nobody said. */
  readonly minute: Money | null;
  readonly currency: string;
}

/** The time of those answers that were not timed is taken to be as long as that of the others. */
function workedMs({ answers, timed, worked_ms }: WeekOf['counts']): number | null {
  if (answers === 0) return 0;
  return timed === 0 ? null : Math.round((worked_ms * answers) / timed);
}

export function costFigure(here: WeekOf, now: number, { fee, minute, currency }: Prices): WeeklyFigure {
  const verified = sumOf(matureTallies([here], now, isAloneConfirmed)).x;
  const worked = workedMs(here.counts);
  const { answers, timed, loss } = here.counts;
  const lost = Object.hasOwn(loss, currency) ? (loss[currency] as number) : 0;
  const otherLoss = Object.keys(loss).filter((one) => one !== currency);
  const lacks = [
    ...(fee === null ? ['the pact’s fee'] : []),
    ...(minute === null && answers > 0 ? ['the cost of a reviewer’s minute'] : []),
    ...(worked === null ? ['how long reviewers took, since no hold was acknowledged before its answer'] : []),
    ...(otherLoss.length > 0 ? [`the loss in ${otherLoss.sort().join(', ')} as ${currency}`] : []),
    ...(verified < LEAST ? [`${LEAST} verified resolutions (there ${verified === 1 ? 'is' : 'are'} ${verified})`] : []),
  ];
  const isKnown = lacks.length === 0 && fee !== null;
  const reviewing = isKnown ? Math.round(((worked ?? 0) / MINUTE) * (minute?.minor ?? 0)) : 0;
  const value = isKnown ? Math.round((fee.minor * verified + reviewing + lost) / verified) : null;
  const missing = value === null ? `Not known without ${lacks.join(lacks.length === 2 ? ' and ' : '; ')}.` : null;
  return figure('cost_per_verified_resolution', {
    unit: 'minor',
    currency,
    value,
    n: verified,
    least: LEAST,
    missing,
    says: missing ?? `${formatMoney(value ?? 0, currency)} for each of ${whole(verified)} verified resolutions.`,
    beside: [
      { what: 'verified_resolutions', count: verified, says: `${many(verified, 'verified resolution')}.` },
      {
        what: 'fee',
        count: fee?.minor ?? null,
        says: fee ? `${formatMoney(fee.minor, fee.currency)} each, by the pact.` : 'The pact declares no fee.',
      },
      {
        what: 'reviewers_ms',
        count: worked,
        says:
          worked === null
            ? `${many(answers, 'answer')} to holds; how long they took is not known.`
            : `${many(answers, 'answer')} to holds took about ${span(worked)}; ${whole(timed)} of them ${timed === 1 ? 'was' : 'were'} timed.`,
      },
      {
        what: 'measured_loss',
        count: lost,
        says: `${formatMoney(lost, currency)} in actions that a person found wrong.`,
      },
    ],
  });
}
