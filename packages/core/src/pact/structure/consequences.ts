/** A consequence has exactly one effect, with what belongs to it. */
import type { Path } from '../diagnostic.ts';
import { entries, type ReadSections, type Site, writtenOf } from './site.ts';

const EFFECTS = {
  operational: ['set_state', 'hold_lane', 'stop_agent', 'sample_times', 'route_to', 'notify'],
  economic: ['charge', 'credit', 'withhold'],
} as const;

/** Companions that an effect must, or may, have beside it. */
const COMPANIONS: readonly { readonly key: string; readonly of: string; readonly must: boolean }[] = [
  { key: 'for', of: 'sample_times', must: true },
  { key: 'until', of: 'withhold', must: true },
  { key: 'when_met_for', of: 'credit', must: false },
];

export function checkConsequences(file: ReadSections, site: Site): void {
  for (const [name, consequence] of entries(file.consequences)) {
    const path = ['consequences', name];
    const other = consequence.kind === 'economic' ? 'operational' : 'economic';
    // An effect of the other kind is an unknown key, which is told already.
    if (writtenOf(site, path, EFFECTS[other]).length === 0) checkEffect(EFFECTS[consequence.kind], path, site);
    if (consequence.kind === 'economic' && !site.source.has(['terms'])) {
      site.reporter.errorAtKey(path, 'missing_key', `${name} moves money; the pact needs the section terms`);
    }
  }
}

function checkEffect(effects: readonly string[], path: Path, site: Site): void {
  const written = writtenOf(site, path, effects);
  if (written.length === 0)
    site.reporter.errorAtKey(path, 'missing_key', `A consequence needs an effect: ${effects.join(', ')}`);
  for (const extra of written.slice(1)) {
    const says = `A consequence has one effect, here ${written[0]}; make ${extra} another consequence`;
    site.reporter.errorAtKey([...path, extra], 'bad_value', says);
  }
  for (const { key, of, must } of COMPANIONS) {
    if (!effects.includes(of)) continue;
    const [hasKey, hasEffect] = [site.source.has([...path, key]), written.includes(of)];
    if (must && hasEffect && !hasKey) site.reporter.errorAtKey(path, 'missing_key', `${of} needs ${key}: how long`);
    if (hasKey && !hasEffect) site.reporter.errorAtKey([...path, key], 'bad_value', `${key} goes with ${of}`);
  }
}
