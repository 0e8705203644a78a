/** Numbers with a point or an exponent: no quantity in a pact is a binary fraction. */
import { isJsonObject, type Json } from '../../terms/json.ts';
import type { Diagnostic, Path } from '../diagnostic.ts';
import type { Source } from '../source.ts';

/** Schemas have numbers of their own, and a kappa is read as the decimal it is written as. */
const isExempt = (path: Path): boolean =>
  path.at(-1) === 'kappa' || (path[0] === 'lanes' && path[2] === 'may' && path[4] === 'args');

export function refuseFractions(source: Source): Diagnostic[] {
  const found: Diagnostic[] = [];
  const visit = (value: Json, path: Path): void => {
    if (isExempt(path)) return;
    if (typeof value === 'number' && !/^[-+]?\d+$/.test(source.writtenAt(path) ?? '')) {
      const says = 'Write a whole number, or a value with its unit, such as 50.00 USD or 0.5%';
      found.push({ code: 'bad_unit', severity: 'error', file: source.file, range: source.rangeAt(path), says });
    }
    const members: (readonly [string | number, Json])[] = Array.isArray(value)
      ? [...value.entries()]
      : isJsonObject(value)
        ? Object.entries(value)
        : [];
    for (const [step, member] of members) visit(member, [...path, step]);
  };
  visit(source.value, []);
  return found;
}
