import { describe, expect, it } from 'vitest';
import { TRUST_STATES } from '../terms/decision.ts';
import { isHigher, LADDER, moveOf, type RungName } from './ladder.ts';

const names = Object.keys(LADDER) as readonly RungName[];
const by = (rung: RungName) => ({ rung, reason: rung });

describe('the ladder', () => {
  it.each(names.filter((name) => !/^(?:promoted|released|by_hand)/.test(name)))('%s lifts nobody', (name) => {
    for (const from of TRUST_STATES)
      for (const to of TRUST_STATES) {
        const move = moveOf(from, [{ ...by(name), to }], 'autonomous');
        if (move) expect(isHigher(move.to, from)).toBe(false);
      }
  });

  it('lets nobody out of suspension but by a person’s word, and by a release under supervision', () => {
    for (const name of names) {
      const move = moveOf('suspended', [{ ...by(name), to: 'autonomous' }], 'autonomous');
      if (move && name !== 'released' && name !== 'by_hand') expect(move.to).toBe('suspended');
    }
    expect(moveOf('suspended', [by('released')], 'limited')).toEqual({
      to: 'supervised',
      reason: 'released',
      sampling: 1,
    });
    expect(moveOf('supervised', [by('released')], 'limited')).toBeUndefined();
  });

  it('lets a person set any state by hand, from anywhere', () => {
    for (const from of TRUST_STATES)
      for (const to of TRUST_STATES)
        expect(moveOf(from, [{ ...by('by_hand'), to }], 'limited')).toEqual({ to, reason: 'by_hand', sampling: 1 });
  });

  it('climbs one step at a time', () => {
    expect(moveOf('supervised', [by('promoted.limited')], 'limited')?.to).toBe('limited');
    expect(moveOf('supervised', [by('promoted.autonomous')], 'limited')).toBeUndefined();
    expect(moveOf('limited', [by('promoted.autonomous')], 'limited')?.to).toBe('autonomous');
  });

  it('takes the lowest of several, among equals the first, and the sampling of any', () => {
    const down = [by('drift'), by('alarm.stepDown'), by('alarm.supervise'), by('version.major')];
    expect(moveOf('autonomous', down, 'limited')).toEqual({ to: 'supervised', reason: 'alarm.supervise', sampling: 3 });
    expect(moveOf('autonomous', [by('alarm.stepDown'), by('drift')], 'limited')?.reason).toBe('alarm.stepDown');
    expect(moveOf('supervised', [], 'limited')).toBeUndefined();
  });

  it('keeps a minor version under its cap and a consequence from raising', () => {
    expect(moveOf('autonomous', [by('version.minor')], 'limited')?.to).toBe('limited');
    expect(moveOf('limited', [by('version.minor')], 'supervised')?.to).toBe('supervised');
    expect(moveOf('limited', [by('version.minor')], 'autonomous')?.to).toBe('limited');
    expect(moveOf('limited', [{ ...by('consequence'), to: 'autonomous' }], 'limited')).toBeUndefined();
    expect(moveOf('limited', [{ ...by('consequence'), to: 'suspended' }], 'limited')?.to).toBe('suspended');
    expect(moveOf('limited', [by('weeklyReview.narrow')], 'limited')).toBeUndefined();
  });
});
