/** `surety weekly` and `surety weekly review`, on recordings that are taken for those of three weeks ago. */
import { DAY, formatTime, formatWeek, weekAt } from '@surety/core/terms';
import type { WeeklyMetrics } from '@surety/core/wire';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServerProcess, startServer } from './running.ts';
import { documentOf, expectRefusal, openDesk } from './surety.ts';

describe('a week on the command line', () => {
  const desk = openDesk();
  const then = Date.now() - 21 * DAY;
  const week = formatWeek(weekAt(then));
  const weekly = (...args: string[]) => desk.run('weekly', '--agent', 'support-agent', ...args);

  let server: ServerProcess | undefined;

  beforeAll(async () => {
    desk.run('init', 'my-pact');
    const pact = ['--pact', 'my-pact/pact.yaml', '--agent', 'support-agent', '--now', formatTime(then)];
    expect(desk.run('import', ...pact, 'sample.jsonl')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Conversations of support-agent on the record: 51, of which 0 were there before\.\n/),
    });
    server = await startServer(desk.at('surety-data'));
  });
  afterAll(() => server?.end('SIGKILL'));

  it('has the figures of each lane, with their intervals, and what they mean', () => {
    const metrics = documentOf(weekly('--week', week, '--json')) as WeeklyMetrics;
    expect(metrics).toMatchObject({ week, over: true });
    expect(metrics.rows.map(({ lane }) => lane)).toContain('refund_checks');
    const [all] = metrics.rows;
    const escaped = all?.figures.find(({ metric }) => metric === 'violations_escaped');
    expect(escaped?.n).toBeGreaterThan(20);
    expect(escaped?.upper).toBeGreaterThan(escaped?.value ?? 1);
    const { code, out } = weekly('--week', week, '--lane', 'refund_checks');
    expect(code).toBe(0);
    expect(out).toContain(`support-agent in refund_checks`);
    expect(out).toContain('What the figures mean');
    expect(out).toContain(
      'First-contact resolution, agent alone: No mature resolutions in this week; a number needs 5.',
    );
    expect(out).not.toContain('NaN');
  });

  it('gives the same figures as a table, where a figure without a number is empty', () => {
    const { rows } = documentOf(weekly('--week', week, '--json')) as WeeklyMetrics;
    const { code, out, err } = weekly('--week', week, '--csv');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [head = '', ...lines] = out.trimEnd().split('\n');
    const names = head.split(',');
    expect(lines).toHaveLength(rows.reduce((sum, { figures }) => sum + figures.length, 0));
    const shown = lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell])));
    const told = rows.flatMap(({ agent, lane, figures }) =>
      figures.map(({ metric, value, lower, upper, n }) => {
        const [number, least, most] = [value, lower, upper].map((one) => (one === null ? '' : String(one)));
        return { week, agent, lane: lane ?? '', metric, value: number, lower: least, upper: most, n: String(n) };
      }),
    );
    expect(shown).toMatchObject(told);
    expect(shown.some(({ value }) => value === '')).toBe(true);
    expectRefusal(weekly('--csv', '--json'), 'weekly answers with --csv or with --json, not with both');
  });

  it('says which weeks there are where one has no evidence', () => {
    const { out } = weekly('--week', formatWeek(weekAt(then) - 10));
    expect(out).toContain('no evidence');
    expect(out).toContain(week);
  });

  it('refuses with one sentence what it cannot show', () => {
    expectRefusal(weekly('--week', '2025-W53'), 'There is no week 2025-W53; a week is written such as 2026-W17');
    expect(desk.run('weekly', '--agent', 'nobody').code).toBe(2);
  });

  it('is reviewed by a person', () => {
    const review = (...args: string[]) =>
      desk.run('weekly', 'review', 'support-agent', '--lane', 'refund_checks', '--as', 'lena.berg', ...args);
    const signed = review('--week', week, '--decision', 'keep', '--note', 'A quiet week.');
    expect(signed).toMatchObject({ code: 0, err: '' });
    expect(signed.out).toContain('lena.berg keeps the scope as it is: support-agent in refund_checks');
    expect(weekly('--week', week, '--lane', 'refund_checks').out).toContain('“A quiet week.”');
    expect(inOneWeek((running) => review('--week', running, '--decision', 'keep'))).toMatchObject({ code: 1 });
    expect(review('--week', week, '--decision', 'grow').err).toBe(
      'surety: --decision is keep, widen or narrow, not grow\n',
    );
    expect(review('--week', week, '--decision', 'narrow', '--to', 'free').code).toBe(2);
    expect(review().err).toBe('surety: weekly review needs --lane LANE and --decision keep, widen or narrow\n');
  });
});

/** Asked once more where a week ended meanwhile. */
function inOneWeek<T>(ask: (running: string) => T): T {
  const week = weekAt(Date.now());
  const answer = ask(formatWeek(week));
  return weekAt(Date.now()) === week ? answer : inOneWeek(ask);
}
