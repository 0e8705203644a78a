/** What becomes of a visit once it is over, drawn from the visit alone: resolved, rated, back again, taken up by people. */
import type { RecordOutcome } from '@surety/core/wire';
import { Draw } from './draw.ts';
import type { Done } from './talk.ts';
import type { Visit } from './visit.ts';

/** One word of the helpdesk about a visit, and how many seconds after it. */
export interface Later {
  readonly afterSeconds: number;
  readonly outcome: RecordOutcome['outcome'];
  readonly closed_by?: 'agent' | 'person' | 'silence';
  readonly rating?: number;
  readonly action?: string;
  readonly money?: { readonly currency: string; readonly minor: number };
}

export interface Over {
  readonly isWithPeople: boolean;
  readonly isBad: boolean;
  readonly done: readonly Done[];
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ASKED = 0.7;
const ANSWERED = 0.6;
const REVERSED = 0.06;

export function laterOf(visit: Visit, { isWithPeople, isBad, done }: Over, seed: number): Later[] {
  const draw = new Draw(seed ^ 0x0c7, visit.n);
  const taken = isWithPeople ? takenUp(visit, draw) : [];
  const from = taken.at(-1)?.afterSeconds ?? 0;
  const closed_by = isWithPeople ? 'person' : draw.chance(0.25) ? 'silence' : 'agent';
  const resolvedAfter = from + (isWithPeople ? draw.between(10, 90) : draw.between(1, 20)) * MINUTE;
  const unhappy = isBad ? 0.7 : visit.agent === 'bolt' ? 0.2 : 0.08;
  const isUnhappy = draw.chance(unhappy);
  return [
    ...taken,
    { afterSeconds: resolvedAfter, outcome: 'resolved', closed_by },
    ...survey(draw, isUnhappy),
    ...comesBack(draw, isUnhappy),
    ...reversals(draw, done),
  ];
}

/** A person takes it up, and then writes to the customer for the first time. */
function takenUp({ kind }: Visit, draw: Draw): Later[] {
  const isUrgent = kind === 'urgent';
  const acknowledged = draw.chance(0.08) ? draw.between(35, 80) : isUrgent ? draw.between(1, 6) : draw.between(3, 24);
  const asked: Later[] = kind === 'person' ? [{ afterSeconds: 0, outcome: 'asked_for_person' }] : [];
  return [
    ...asked,
    { afterSeconds: acknowledged * MINUTE, outcome: 'acknowledged' },
    { afterSeconds: (acknowledged + draw.between(2, 16)) * MINUTE, outcome: 'replied' },
  ];
}

function survey(draw: Draw, isUnhappy: boolean): Later[] {
  if (!draw.chance(ASKED)) return [];
  const asked = draw.between(2, 4) * HOUR;
  const rating = isUnhappy ? 1 + draw.below(3) : 4 + draw.below(2);
  const answered: Later = { afterSeconds: asked + draw.between(1, 18) * HOUR, outcome: 'csat', rating };
  return [{ afterSeconds: asked, outcome: 'csat_asked' }, ...(draw.chance(ANSWERED) ? [answered] : [])];
}

function comesBack(draw: Draw, isUnhappy: boolean): Later[] {
  if (!isUnhappy) return [];
  if (draw.chance(0.5)) return [{ afterSeconds: draw.between(5, 60) * HOUR, outcome: 'reopened' }];
  return [{ afterSeconds: draw.between(20, 120) * HOUR, outcome: 'recontact' }];
}

/** Some refunds turn out to be none of the customer's, and the shop takes them back. */
const reversals = (draw: Draw, done: readonly Done[]): Later[] =>
  done.flatMap(({ act, action }): Later[] => {
    if (act.tool !== 'issue_refund' || !draw.chance(REVERSED)) return [];
    const money = { currency: 'USD', minor: Math.round(Number(act.args['amount']) * 100) };
    return [{ afterSeconds: draw.between(1, 6) * DAY, outcome: 'refund_reversed', action, money }];
  });
