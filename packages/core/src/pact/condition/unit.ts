/** What the values of a type count: `order.total` is money, `now` a time. */
import { UNITS, type Unit } from '../../terms/unit.ts';
import type { Type } from './type.ts';

export function unitOf(type: Type): Unit | undefined {
  switch (type.kind) {
    case 'int':
      return typeof type.as === 'object' ? decimalUnit(type.as.decimal) : type.as;
    case 'string':
      return type.as;
    case 'time':
      return 'time';
    case 'duration':
      return 'span';
    default:
      return undefined;
  }
}

const decimalUnit = (digits: number): Unit | undefined => UNITS.find((unit) => unit === `decimal(${digits})`);

/** Of everything in a value of the type, by its path; `*` stands for each element of a list or map. */
export function unitsWithin(type: Type, path: string): readonly (readonly [path: string, unit: Unit])[] {
  if (type.kind === 'list' || type.kind === 'map') return unitsWithin(type.of, `${path}.*`);
  if (type.kind === 'record')
    return [...type.fields].flatMap(([key, field]) => unitsWithin(field.type, `${path}.${key}`));
  const unit = unitOf(type);
  return unit === undefined ? [] : [[path, unit]];
}
