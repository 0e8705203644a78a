import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documentOf, expectRefusal, openDesk } from './surety.ts';

const desk = openDesk();
const AT_TEN =
  'About 10 conversations a day. Four clean weeks can prove at most 1 in 60. Limited after about 9 clean days (1 in 20), autonomous after about 8 weeks (1 in 100).';

describe('surety simulate', () => {
  it('says what the preset of a volume means in days, and what it assumed', () => {
    const { code, out, err } = desk.run('simulate', '--per-day', '10', '--runs', '3', '--days', '100');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toBe(AT_TEN);
    expect(lines[2]).toBe('The simulated agent, 3 runs of 100 days (seed 1):');
    expect(lines.at(-1)).toBe(
      'Assumed: violations in critical 0.01 %, major or worse 0.1 %, minor or worse 0.8 %, stopped by a rule 1 % of conversations; every week passes and is signed; a person stops each critical violation in time.',
    );
  });

  it('gives the same document for the same seed', () => {
    const asked = ['simulate', '--per-day', '10', '--runs', '3', '--days', '90', '--break', '60:20%', '--json'];
    const first = documentOf(desk.run(...asked, '--seed', '7'));
    expect(first).toMatchObject({
      lane: null,
      seed: 7,
      runs: 3,
      clean: { four_weeks_one_in: 61 },
      noticed: { share: 1 },
      assumed: { breaks: [{ day: 60, behaves: { major: 0.2, minor: 0.2 } }] },
    });
    expect(documentOf(desk.run(...asked, '--seed', '7'))).toEqual(first);
    expect(documentOf(desk.run(...asked, '--seed', '8'))).not.toEqual(first);
  });

  it('takes the rates and volumes of a pact, lane by lane', () => {
    desk.run('init', 'starter');
    const { code, out } = desk.run('simulate', 'starter/pact.yaml');
    expect(code).toBe(0);
    expect(out).toContain(`escalation_routing: ${AT_TEN}`);
    expect(out).toContain('refund_checks: About 20 conversations a day.');
    const one = desk.run('simulate', 'starter/pact.yaml', '--lane', 'refund_checks', '--runs', '2', '--days', '30');
    expect(one.out).toMatch(/^refund_checks\nAbout 20 conversations a day\./);
    const rows = documentOf(desk.run('simulate', 'starter/pact.yaml', '--json'));
    expect(rows).toHaveLength(4);
  });

  it('refuses a pact with more conversations a day than it can go through', () => {
    const written = readFileSync(desk.at('starter', 'pact.yaml'), 'utf8');
    writeFileSync(desk.at('starter', 'busy.yaml'), written.replace('refund_checks: 20', 'refund_checks: 100001'));
    const says =
      'the lane refund_checks has 100001 conversations a day, and at most 100000 are simulated; say fewer with --per-day N';
    expectRefusal(desk.run('simulate', 'starter/busy.yaml'), says);
    expectRefusal(desk.run('simulate', 'starter/busy.yaml', '--lane', 'refund_checks'), says);
  });

  it.each([
    ['name a pact, or say --per-day N: without either there is no lane to simulate'],
    ['--per-day is a whole number from 1 to 100000, not 0', '--per-day', '0'],
    ['--major is a share such as 0.1%, not often', '--per-day', '10', '--major', 'often'],
    [
      '--break is written DAY:RATE, or DAY:NAME=RATE with critical, major, minor, attempts, such as 60:5% or 60:critical=1%, not 60',
      ...['--per-day', '10', '--break', '60'],
    ],
    ['--break 400:5% is not within the 365 days of a run', '--per-day', '10', '--break', '400:5%'],
    [
      '--strata tells easy work apart; say with --flood SHARE how much of it comes in',
      ...['--per-day', '10', '--strata', '70%'],
    ],
    [
      '--break simulates one lane; name it with --lane: ticket_triage, reply_drafting, escalation_routing, refund_checks',
      ...['starter/pact.yaml', '--break', '60:5%'],
    ],
    [
      'support-starter has no lane poetry; it has ticket_triage, reply_drafting, escalation_routing, refund_checks',
      ...['starter/pact.yaml', '--lane', 'poetry'],
    ],
  ])('refuses in one sentence: %s', (sentence = '', ...args) => expectRefusal(desk.run('simulate', ...args), sentence));
});
