/** What each trust state may do: a value for every parameter, of its kind, and never less when more is trusted. */
import { parseMoney } from '../../terms/money.ts';
import { parseShare } from '../../terms/time.ts';
import { didYouMean } from '../condition/problem.ts';
import type { Path } from '../diagnostic.ts';
import type { LaneFile } from '../syntax.ts';
import { entries, type ReadSections, type Site } from './site.ts';

const STATES = ['limited', 'autonomous'] as const;
/** The share of allowed actions that is held anyway, where a lane does not say. */
export const HOLD_SAMPLE = { limited: 100_000, autonomous: 20_000 } as const;

export function checkAutonomy(file: ReadSections, site: Site): void {
  for (const [name, lane] of entries(file.lanes)) {
    const path = ['lanes', name];
    if (site.source.has([...path, 'parameters', 'hold_sample'])) {
      const says = 'hold_sample is in every lane already; choose another name';
      site.reporter.errorAtKey([...path, 'parameters', 'hold_sample'], 'bad_value', says);
    }
    checkComplete(lane, path, site);
    for (const state of STATES) checkState(lane, state, path, site);
    for (const parameter of Object.keys(lane.parameters ?? {})) checkWiderWithTrust(lane, parameter, path, site);
    checkHoldSample(lane, path, site);
  }
}

function checkComplete(lane: LaneFile, path: Path, site: Site): void {
  const missing = STATES.filter((state) =>
    Object.keys(lane.parameters ?? {}).some((name) => !site.source.has([...path, 'autonomy', state, name])),
  );
  const lacking = missing.map((state) => [...path, 'autonomy', state]).filter((at) => site.source.has(at));
  const names = Object.keys(lane.parameters ?? {}).join(', ');
  if (lacking.length < missing.length) {
    // Where a whole state is absent, the place is the parameters that wait for their values.
    const says = `autonomy.${missing.join(' and autonomy.')} must give a value to ${names}`;
    site.reporter.errorAtKey([...path, 'parameters'], 'missing_key', says);
    return;
  }
  for (const at of lacking) {
    site.reporter.errorAtKey(at, 'missing_key', `autonomy.${at.at(-1)} must give a value to ${names}`);
  }
}

function checkState(lane: LaneFile, state: (typeof STATES)[number], path: Path, site: Site): void {
  const at = [...path, 'autonomy', state];
  const parameters = lane.parameters ?? {};
  for (const [name, kind] of entries(parameters)) {
    const value = lane.autonomy?.[state]?.[name];
    if (value !== undefined && amountOf(kind, value) === undefined) {
      site.reporter.error([...at, name], 'bad_unit', `${name} is a parameter of kind ${kind}; write ${EXAMPLES[kind]}`);
    }
  }
  for (const name of Object.keys(lane.autonomy?.[state] ?? {})) {
    if (name === 'hold_sample' || site.source.has([...path, 'parameters', name])) continue;
    const says = `${name} is not a parameter of this lane; declare it under parameters`;
    site.reporter.errorAtKey(
      [...at, name],
      'unknown_key',
      says,
      didYouMean(name, [...Object.keys(parameters), 'hold_sample']),
    );
  }
}

const EXAMPLES = { money: 'an amount such as 50.00 USD', int: 'a whole number', share: 'a share such as 10%' } as const;

function amountOf(kind: keyof typeof EXAMPLES, written: number | string): number | undefined {
  if (kind === 'int') return typeof written === 'number' ? written : undefined;
  if (typeof written === 'number') return undefined;
  return kind === 'money' ? parseMoney(written)?.minor : parseShare(written);
}

function checkWiderWithTrust(lane: LaneFile, name: string, path: Path, site: Site): void {
  const kind = lane.parameters?.[name];
  const [less, more] = STATES.map((state) => lane.autonomy?.[state]?.[name]);
  if (kind === undefined || less === undefined || more === undefined) return;
  const [limited, autonomous] = [amountOf(kind, less), amountOf(kind, more)];
  if (limited === undefined || autonomous === undefined || autonomous >= limited) return;
  const says = `autonomous may not be stricter than limited, which has ${less}`;
  site.reporter.error([...path, 'autonomy', 'autonomous', name], 'bad_value', says);
}

function checkHoldSample(lane: LaneFile, path: Path, site: Site): void {
  const limited = lane.autonomy?.limited?.hold_sample ?? HOLD_SAMPLE.limited;
  const autonomous = lane.autonomy?.autonomous?.hold_sample ?? HOLD_SAMPLE.autonomous;
  if (autonomous <= limited) return;
  const state = lane.autonomy?.autonomous?.hold_sample === undefined ? 'limited' : 'autonomous';
  const says = 'autonomous may not be stricter than limited: its hold_sample (2% unless said) is the larger one';
  site.reporter.error([...path, 'autonomy', state, 'hold_sample'], 'bad_value', says);
}
