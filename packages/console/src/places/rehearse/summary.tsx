/** What the rehearsal comes to: sentence first, then the figures with their n. */
import type { RehearseMessage } from '../../rehearsal/messages.ts';
import { moneyText } from '../../ui/index.ts';
import { counted } from '../../words/index.ts';
import css from './rehearse.module.css';

type Report = Extract<RehearseMessage, { kind: 'done' }>['report'];

export function summarySentence({ conversations, actions, decisions: { allow, hold, deny } }: Report): string {
  if (actions === 0) return `In ${counted(conversations, 'conversation')} there was no action to judge.`;
  return `Of ${counted(actions, 'action')} in ${counted(conversations, 'conversation')}, ${allow.n} would have been allowed, ${hold.n} held for a person and ${deny.n} denied.`;
}

function loadSentence({ reviewers }: Report): string {
  const { holds, hours_per_day, hours_per_100_conversations, minutes_per_hold } = reviewers;
  if (holds === 0) return 'Nobody would have been asked.';
  const each = `at ${minutes_per_hold} minutes each`;
  return hours_per_day === undefined
    ? `People would have spent ${workText(hours_per_100_conversations)} on every 100 conversations, ${each}.`
    : `People would have spent ${workText(hours_per_day)} a day, ${each}.`;
}

/** Half an hour and more in hours, less in minutes. */
const workText = (hours: number): string =>
  hours >= 0.5 ? `${hours.toFixed(1)} hours` : `${Math.max(1, Math.round(hours * 60))} minutes`;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

export function Summary({ done: { report } }: { readonly done: Extract<RehearseMessage, { kind: 'done' }> }) {
  const { decisions, actions, money, pact, never_fired, not_judged } = report;
  const stopped = decisions.hold.n + decisions.deny.n;
  const moved = money.hold + money.deny;
  return (
    <section className={css['summary']} aria-label="What it comes to">
      <p className={css['says']}>{summarySentence(report)}</p>
      <p className={css['quiet']}>
        {loadSentence(report)}
        {moved > 0 && ` The stopped ones would have moved ${moneyText(moved, pact.currency)}.`}
      </p>
      {actions > 0 && (
        <dl className={css['shares']}>
          {(['allow', 'hold', 'deny'] as const).map((decision) => (
            <div key={decision} data-decision={decision}>
              <dt>{{ allow: 'Allowed', hold: 'Held', deny: 'Denied' }[decision]}</dt>
              <dd>
                <strong>{decisions[decision].n}</strong> of {actions}, {percent(decisions[decision].lower)} to{' '}
                {percent(decisions[decision].upper)}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {stopped > 0 && never_fired.length > 0 && (
        <p className={css['quiet']}>
          Never fired: {never_fired.join(', ')}.
          {not_judged.unknown_tools.length > 0 &&
            ` Tools the pact does not know: ${not_judged.unknown_tools.map(({ tool }) => tool).join(', ')}.`}
        </p>
      )}
    </section>
  );
}
