/** The shapes under `types`, each resolved to a record type; a shape may name others, but not itself. */
import { err, ok, type Result } from '../../result.ts';
import { didYouMean } from '../condition/problem.ts';
import type { Field, Type } from '../condition/type.ts';
import { readType, type TypeProblem } from '../shape/declared-type.ts';
import type { PactFile } from '../syntax.ts';
import type { Reporter } from './reporter.ts';

export type NamedTypes = (name: string) => Result<Type, TypeProblem>;

export function readNamedTypes(types: PactFile['types'], reporter: Reporter): NamedTypes {
  const written = types ?? {};
  const done = new Map<string, Type>();
  const open: string[] = [];

  const named: NamedTypes = (name) => {
    const known = done.get(name);
    if (known) return ok(known);
    if (!Object.hasOwn(written, name))
      return err({ says: `No such type: ${name}`, hint: didYouMean(name, Object.keys(written)) });
    if (open.includes(name))
      return err({ says: `${[...open, name].join(' contains ')}: a type cannot contain itself` });
    open.push(name);
    const fields = new Map<string, Field>();
    for (const [field, text] of Object.entries(written[name] ?? {})) {
      const type = readType(text, named);
      if (type.ok) fields.set(field, type.value);
      else reporter.error(['types', name, field], 'bad_value', type.error.says, type.error.hint);
    }
    open.pop();
    const record: Type = { kind: 'record', name, fields };
    done.set(name, record);
    return ok(record);
  };
  for (const name of Object.keys(written)) named(name);
  return named;
}
