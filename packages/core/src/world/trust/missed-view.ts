/** The weekly targets that an agent missed in a lane, each in one sentence with what followed. */

import { PPM } from '../../metrics/week/outcome-count.ts';
import { percent, span } from '../../metrics/week/say.ts';
import { formatTime } from '../../terms/time.ts';
import type { Followed, Member, Missed } from './member.ts';
import { many } from './words.ts';

export interface MissedView {
  readonly at: string;
  readonly seq: number;
  readonly week: string;
  readonly target: string;
  readonly sentence: string;
}

/** Newest first. */
export const missedIn = ({ missed }: Member): MissedView[] =>
  missed
    .map(({ at, seq, missed: what, followed }) => {
      const { week, target } = what;
      return {
        at: formatTime(at),
        seq,
        week,
        target,
        sentence: `${missSentence(what)}, so ${followSentence(followed)}.`,
      };
    })
    .reverse();

/** `R-8 was missed over the 4 weeks to 2026-W17 (at best 61.2 % in 149 cases, where the pact asks for at least 70 %)` */
function missSentence({ target, metric, week, weeks, n, best, bound }: Missed): string {
  const isSpan = metric.startsWith('escalation');
  const show = (value: number): string => (isSpan ? span(value) : percent(value / PPM));
  const over = weeks === 1 ? `in ${week}` : `over the ${weeks} weeks to ${week}`;
  const side = metric === 'first_contact_resolution' || metric === 'csat' ? 'least' : 'most';
  const asks = `where the pact asks for at ${side} ${show(bound)}`;
  return `${target} was missed ${over} (at best ${show(best)} in ${many(n, 'case')}, ${asks})`;
}

function followSentence(followed: readonly Followed[]): string {
  const parts = [...new Set(followed.map(effectWords))];
  const last = parts.pop() ?? 'nothing followed';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}

function effectWords({ consequence, to, times, until, people = [], owner }: Followed): string {
  switch (consequence) {
    case 'set_state':
      return `it may be at most ${to}`;
    case 'hold_lane':
      return 'the lane is held';
    case 'stop_agent':
      return 'the agent is stopped';
    case 'sample_times':
      return `people look at ${times} times as many actions until ${formatTime(until ?? 0).slice(0, 10)}`;
    case 'notify':
      return `${people.join(', ')} ${people.length === 1 ? 'is' : 'are'} told`;
    default:
      return `open conversations go to ${owner}`;
  }
}
