/** A change that nobody declared, inside what the pact allows: held against what the agent had proven when it was promoted. */
import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../terms/time.ts';
import { Desk } from './sample-lane.ts';

function promoted(): Desk {
  const desk = new Desk();
  desk.clean(120, 2 * HOUR);
  desk.review('widen');
  return desk;
}

/** A minor rule is broken in every n-th conversation, as a person finds when a draft is drawn. */
function worse(desk: Desk, conversations: number, nth: number): void {
  for (let i = 1; i <= conversations && desk.state() === 'limited'; i++)
    if (i % nth !== 0) desk.clean(1, HOUR);
    else {
      const action = desk.decide({});
      desk.executed(action);
      const within = desk.conversation(false);
      desk.add('verdict.given', { ...within, lane: 'refunds', verdict: 'violation', severity: 'minor', action });
      desk.resolve();
    }
}

describe('a change that nobody declared', () => {
  it('is held against the baseline frozen at the promotion, and narrows as drift before any rate alarms', () => {
    const desk = promoted();
    expect(desk.moves()).toEqual(['supervised → limited: promoted.limited']);
    expect(desk.trust().drift?.baseline).toBeLessThan(0.15);
    worse(desk, 2_000, 10);
    expect(desk.moves().at(-1)).toBe('limited → supervised: drift');
    expect(desk.consequences().slice(-2)).toEqual(['notify', 'sample_more']);
    expect(desk.trust()).toMatchObject({ drift: null, sampling: 3 });
    expect(desk.view().history[0]?.sentence).toContain('it breaks rules more often than its proven rate');
  });

  it('is told from a declared one, which begins a new epoch at once and has no baseline', () => {
    const desk = promoted();
    const { epoch } = desk.trust();
    desk.now += DAY;
    desk.add('agent.changed', { agent: 'bot', version: 2, class: 'minor' });
    expect(desk.trust()).toMatchObject({ epoch: epoch + 1, n: 0, drift: null });
    expect(desk.state()).toBe('limited');
  });
});
