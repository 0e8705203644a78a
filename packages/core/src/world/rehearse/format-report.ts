/** A rehearsal's report as a support manager reads it in a terminal: sentences first, tables after. */
import type { Cause } from '../../terms/decision.ts';
import { formatMoney } from '../../terms/money.ts';
import { formatSpan } from '../../terms/time.ts';
import type { RehearsalReport, RuleRow, Share } from './report.ts';

const RULES_SHOWN = 40;

export function formatReport(report: RehearsalReport): string {
  const sections = [
    summary(report),
    toolTable(report),
    ruleTable(report),
    limitTable(report),
    reviewers(report),
    notJudged(report),
    against(report),
    labels(report),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

/** `12.5 % (8.1–18.7 %, n 160)`. */
export const formatShareOf = ({ n, of, lower, upper }: Share): string =>
  of === 0 ? 'none' : `${percent(n / of)} % (${percent(lower)}–${percent(upper)} %, n ${of})`;

const percent = (x: number): string => (x * 100).toFixed(x !== 0 && x < 0.0995 ? 1 : 0);
const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

function summary({
  pact,
  conversations,
  actions,
  decisions,
  untouched,
  first_stop: first,
  money,
}: RehearsalReport): string {
  const amounts = (['allow', 'hold', 'deny'] as const).map((d) => `${formatMoney(money[d], pact.currency)} ${PAST[d]}`);
  const hasMoney = money.allow + money.hold + money.deny > 0;
  return [
    `Pact ${pact.name} version ${pact.version} on ${plural(conversations, 'recorded conversation')}, ${plural(actions, 'action')}.`,
    `Allowed ${decisions.allow.n}, held ${decisions.hold.n} for a person, denied ${decisions.deny.n}.`,
    `Held: ${formatShareOf(decisions.hold)} of actions. Denied: ${formatShareOf(decisions.deny)}.`,
    `${plural(untouched.n, 'conversation')} would have gone through untouched: ${formatShareOf(untouched)}; in the other ${conversations - untouched.n} something was stopped at least once: first held in ${first.hold.n}, first denied in ${first.deny.n}.`,
    ...(hasMoney ? [`Money: ${amounts.join(', ')}.`] : []),
  ].join('\n');
}

const PAST = { allow: 'allowed', hold: 'held', deny: 'denied' } as const;

/** Columns padded to their widest cell; numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, i) => Math.max(...cells.map((row) => (row[i] ?? '').length)));
  const isNumber = head.map((_, i) => rows.length > 0 && rows.every((row) => typeof row[i] === 'number'));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (isNumber[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return cells.map((row) => `  ${line(row)}`).join('\n');
}

function toolTable({ by_tool }: RehearsalReport): string {
  if (by_tool.length === 0) return '';
  const rows = by_tool.map(({ lane, tool, n, decisions, stopped }) => [
    lane ?? '–',
    tool,
    n,
    decisions.allow,
    decisions.hold,
    decisions.deny,
    formatShareOf(stopped),
  ]);
  return `By lane and tool (a lane of – is a read, or a tool that no lane lists)\n${table(['lane', 'tool', 'n', 'allow', 'hold', 'deny', 'stopped'], rows)}`;
}

function ruleTable({ rules, never_fired, always_in_doubt }: RehearsalReport): string {
  const spoke = rules
    .filter(({ fired, doubt }) => fired.n + doubt.n > 0)
    .sort((a, b) => b.fired.n + b.doubt.n - (a.fired.n + a.doubt.n));
  const rows = spoke
    .slice(0, RULES_SHOWN)
    .map((rule) => [
      rule.id,
      rule.fired.n,
      rule.doubt.n,
      rule.looked,
      rule.enforced ? '' : 'shadow',
      rule.says + doubts(rule),
    ]);
  const lines = [
    rows.length === 0
      ? 'No rule fired.'
      : `Rules that fired or were in doubt\n${table(['rule', 'fired', 'doubt', 'of', '', 'what it says'], rows)}`,
    ...(never_fired.length > 0 ? [`Never fired here: ${never_fired.join(', ')}.`] : []),
    ...(always_in_doubt.length > 0
      ? [`Always in doubt, since something they need is never there: ${always_in_doubt.join(', ')}.`]
      : []),
  ];
  return lines.join('\n');
}

const doubts = ({ causes }: RuleRow): string =>
  causes.length === 0
    ? ''
    : ` (in doubt: ${causes
        .slice(0, 3)
        .map(({ cause, fact, n }) => `${n} × ${DOUBT[cause]}${fact === undefined ? '' : `: ${fact}`}`)
        .join(', ')})`;

const DOUBT: Readonly<Record<Cause, string>> = {
  missing_fact: 'missing',
  no_such_key: 'lacks a field',
  wrong_type: 'not of its type',
  empty_list: 'an empty list',
  overflow: 'a number too large',
  division_by_zero: 'a division by zero',
  timeout: 'no answer in time',
  stale: 'too old',
  over_budget: 'too much work',
  too_long: 'too long',
};

function limitTable({ limits, pact }: RehearsalReport): string {
  if (limits.length === 0) return '';
  const show = (n: number, isMoney: boolean) => (isMoney ? formatMoney(n, pact.currency) : String(n));
  return `Limits\n${table(
    ['limit', 'highest use', 'at most'],
    limits.map(({ id, highest, at_most, is_money }) => [id, show(highest, is_money), show(at_most, is_money)]),
  )}`;
}

function reviewers({ reviewers: load }: RehearsalReport): string {
  const lines = ['What it asks of people'];
  if (load.days === undefined)
    lines.push(
      `  ${load.holds_per_100_conversations.toFixed(1)} holds in 100 conversations, ${effort(load.hours_per_100_conversations)} at ${load.minutes_per_hold} minutes each. The recording has no times, or one alone, so there is no figure for a day.`,
    );
  else
    lines.push(
      `  ${(load.holds_per_day ?? 0).toFixed(1)} holds a day over ${plural(load.days, 'day')}, ${load.worst_hour ?? 0} in the worst hour, ${effort(load.hours_per_day ?? 0)} a day at ${load.minutes_per_hold} minutes each.`,
    );
  for (const { owner, holds, answer_within_ms } of load.by_owner)
    lines.push(`  ${owner} answers ${plural(holds, 'hold')}, each within ${formatSpan(answer_within_ms)}.`);
  return lines.join('\n');
}

/** Hours as a person says them. */
const effort = (hours: number): string =>
  hours === 0
    ? 'no work'
    : hours < 1
      ? `${(hours * 60).toFixed(hours < 0.16 ? 1 : 0)} minutes`
      : `${hours.toFixed(1)} hours`;

function notJudged({ not_judged: open }: RehearsalReport): string {
  const lines: string[] = [];
  if (open.unreadable > 0)
    lines.push(
      `  ${plural(open.unreadable, 'part')} of the recording could not be read:`,
      ...open.unreadable_says.map((says) => `    ${says}`),
    );
  for (const { tool, n } of open.unknown_tools.slice(0, 8))
    lines.push(`  ${tool} (${n}): neither a read nor in a lane, so it was denied.`);
  if (open.broken_args > 0)
    lines.push(`  ${plural(open.broken_args, 'call')} had arguments that are not a JSON object.`);
  for (const { fact, cause, n } of open.unread_facts)
    lines.push(`  ${plural(n, 'doubt')} about ${fact}, since its result was ${DOUBT[cause]}.`);
  for (const fact of open.facts_without_source) lines.push(`  Nothing in the recording supplies ${fact}.`);
  if (open.undated) lines.push('  The recording has no times, so no fact could be found too old.');
  return lines.length === 0 ? '' : `What could not be judged\n${lines.join('\n')}`;
}

function against({ against: other, pact }: RehearsalReport): string {
  if (!other) return '';
  if (other.changed.length === 0) return `Against ${other.pact}: every action is decided the same.`;
  const rows = other.changed.map(({ from, to, n, money, examples }) => [
    `${from} → ${to}`,
    n,
    formatMoney(money, pact.currency),
    examples[0] ?? '',
  ]);
  return `Against ${other.pact}\n${table(['change', 'n', 'money', 'for example'], rows)}`;
}

function labels({ labels: score }: RehearsalReport): string {
  if (!score) return '';
  const { wrong_stopped: wrong, right_denied: denied, right_held: held, by_rule: rules } = score;
  return [
    'Against the labels',
    wrong.of === 0 ? '  No label says that an action was wrong.' : `  Wrong actions stopped: ${formatShareOf(wrong)}.`,
    denied.of === 0
      ? '  No label says that an action was right.'
      : `  Right actions denied: ${formatShareOf(denied)}; held: ${formatShareOf(held)}.`,
    ...(rules.length === 0
      ? []
      : [
          table(
            ['rule', 'stopped wrong', 'stopped right'],
            rules.map(({ id, wrong, right }) => [id, wrong, right]),
          ),
        ]),
  ].join('\n');
}
