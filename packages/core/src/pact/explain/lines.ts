/** Where in its file each thing stands that an explanation speaks of, so that a reader goes from a sentence to its source. */
import { isJsonObject, type Json } from '../../terms/json.ts';
import type { Path } from '../diagnostic.ts';
import type { Source } from '../source.ts';

/** Lines of the file from 1, both ends included. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** A rule, limit, duty or target by its id; a tool, parameter or judge by `LANE/NAME`; a read by `/NAME`. */
export function linesOfPact(source: Source): Readonly<Record<string, LineRange>> {
  const found: Record<string, LineRange> = {};
  const put = (key: string, path: Path) => {
    const from = source.keyRangeAt(path).line;
    found[key] = { from, to: Math.max(from, lastLine(source, path)) };
  };
  const { lanes, reads } = isJsonObject(source.value) ? source.value : {};
  for (const [lane, sections] of entriesOf(lanes))
    for (const [section, content] of entriesOf(sections)) {
      if (Array.isArray(content))
        content.forEach((item, at) => {
          const id = isJsonObject(item) ? item['id'] : undefined;
          if (typeof id === 'string') put(id, ['lanes', lane, section, at]);
        });
      else for (const [name] of entriesOf(content)) put(`${lane}/${name}`, ['lanes', lane, section, name]);
    }
  for (const [name] of entriesOf(reads)) put(`/${name}`, ['reads', name]);
  return found;
}

const entriesOf = (value: Json | undefined): [string, Json][] =>
  value !== undefined && isJsonObject(value) ? Object.entries(value) : [];

/** A block ends where the next line begins; a range that ends at a line's start does not reach into it. */
function lastLine(source: Source, path: Path): number {
  const { end_line, end_column } = source.rangeAt(path);
  return end_column <= 1 ? end_line - 1 : end_line;
}
