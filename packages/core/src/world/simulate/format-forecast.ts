/** A forecast in plain sentences. */
import type { ForecastReport, Reached } from './forecast.ts';
import type { Prospect, Way } from './prospect.ts';

/** 4618 → `4 618`. */
const whole = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',');
const many = (n: number, one: string): string => `${whole(n)} ${one}${Math.round(n) === 1 ? '' : 's'}`;

/** 0.0132 → `1.3 %`. */
function percent(share: number): string {
  const value = share * 100;
  const digits = value === 0 || value >= 10 ? 0 : value >= 1 ? 1 : 2;
  return `${Number(value.toFixed(digits))} %`;
}

/** Rounded down to tens, so that it promises nothing that is not proven: 61 → 60, 606 → 600. */
function rounded(oneIn: number): number {
  if (oneIn < 20) return oneIn;
  const unit = oneIn < 1_000 ? 10 : 100;
  return Math.floor(oneIn / unit) * unit;
}

/** Short waits in days, long ones in weeks, which are never rounded down. */
const wait = (days: number): string => (days <= 14 ? many(days, 'day') : `${whole(Math.ceil(days / 7))} weeks`);

const oneIn = ({ oneIn: rate }: Way): string => ` (1 in ${whole(rate)})`;

/** What is beside the choice of rates on a pact. */
export function prospectSentence({ perDay, fourWeeksOneIn, limited, autonomous }: Prospect): string {
  const proves =
    fourWeeksOneIn === null
      ? 'Four clean weeks prove nothing.'
      : `Four clean weeks can prove at most 1 in ${whole(rounded(fourWeeksOneIn))}.`;
  return [`About ${many(perDay, 'conversation')} a day.`, proves, promotions(limited, autonomous)].join(' ');
}

function promotions(limited: Way | undefined, autonomous: Way | undefined): string {
  if (!limited) return 'Nothing above supervised is offered here, or can be proven in three years.';
  const days = `Limited after about ${Math.max(1, Math.round(limited.days))} clean days`;
  if (!autonomous) return `${days}; autonomous cannot be proven here in useful time and is not offered.`;
  return `${days}${oneIn(limited)}, autonomous after about ${wait(autonomous.days)}${oneIn(autonomous)}.`;
}

function reachedWords(state: string, { share, median, p90 }: Reached): string {
  if (share === 0) return `It never becomes ${state}.`;
  const some = share < 1 ? ` in ${percent(share)} of the runs` : '';
  const half = median === null ? '' : `; half of them within ${many(Math.ceil(median), 'day')}`;
  const most = p90 === null ? '' : `, nine in ten within ${many(Math.ceil(p90), 'day')}`;
  return `It becomes ${state}${some}${half}${most}.`;
}

function noticedWords({ share, median, p90 }: Reached): string {
  if (share === 0) return 'The break goes unseen to the end.';
  const unseen = share < 1 ? ` In ${percent(1 - share)} of the runs it goes unseen to the end.` : '';
  if (median === null) return `The break is seen in ${percent(share)} of the runs.${unseen}`;
  const late = p90 === null ? '' : `, in nine of ten within ${daysWords(p90)}`;
  return `The break is seen within ${daysWords(median)} in half of the runs${late}.${unseen}`;
}

/** A tenth of a day matters where a day is long. */
const daysWords = (days: number): string =>
  days < 10 ? `${Math.ceil(days * 10) / 10} days` : many(Math.ceil(days), 'day');

/** All of it, a sentence a line. */
export function forecastSentences(report: ForecastReport, prospect: Prospect): readonly string[] {
  const { runs, days, limited, autonomous, in_state: inState, lowered, stops, leases, noticed } = report;
  const said = [
    prospectSentence(prospect),
    '',
    `The simulated agent, ${many(runs, 'run')} of ${many(days, 'day')} (seed ${report.seed}):`,
    reachedWords('limited', limited),
    ...(prospect.autonomous || autonomous.share > 0 ? [reachedWords('autonomous', autonomous)] : []),
    `Its time: ${percent(inState.autonomous)} autonomous, ${percent(inState.limited)} limited, ${percent(inState.supervised)} supervised, ${percent(inState.suspended)} suspended.`,
    lowered === 0
      ? 'No alarm lowers it while it behaves as said.'
      : `An alarm lowers it in ${percent(lowered)} of the runs while it behaves as said.`,
  ];
  if (leases.renewed + leases.lapsed > 0)
    said.push(`Of its leases ${percent(leases.lapsed / (leases.renewed + leases.lapsed))} lapse for want of proof.`);
  if (stops > 0) said.push(`Proven critical violations stop it ${Number(stops.toFixed(1))} times in a run.`);
  if (noticed) said.push(noticedWords(noticed));
  if (report.false_demotion_a_year) {
    const { share, bound } = report.false_demotion_a_year;
    said.push(
      `An agent exactly at every rate it is held to is lowered by mistake in ${percent(share)} of years; the bound is ${percent(bound)}.`,
    );
  }
  return said;
}
