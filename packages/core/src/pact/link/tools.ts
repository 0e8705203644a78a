/** Links the tools of a lane: the schemas of their arguments. */
import { isJsonObject, type JsonObject } from '../../terms/json.ts';
import type { Path } from '../diagnostic.ts';
import type { ArgsSchema } from '../shape/args-schema.ts';
import { readArgsSchema } from '../shape/args-schema.ts';
import type { Source } from '../source.ts';
import { isHandOver, type ToolFile } from '../syntax.ts';
import type { Reporter } from './reporter.ts';

/** What the built-in hand-over takes; each part may be left out. */
const HAND_OVER_ARGS: JsonObject & { readonly properties: JsonObject } = {
  type: 'object',
  additionalProperties: false,
  properties: {
    queue: { type: 'string' },
    severity: { type: 'integer', minimum: 1, maximum: 4 },
    summary: { type: 'string' },
  },
};

export interface ToolFiles {
  /** The source of a file that the pact names, once read. */
  source(file: string): Source | undefined;
}

/** The schema of a tool's arguments, or `undefined` where there is none to check (then the tool takes none). */
export function linkArgs(
  name: string,
  tool: ToolFile,
  path: Path,
  digits: number,
  files: ToolFiles,
  reporter: Reporter,
): ArgsSchema | undefined {
  const drops = tool.unknown_args === 'drop';
  const title = `args of ${name}`;
  const builtIn = isHandOver(name, tool) && tool.args === undefined ? HAND_OVER_ARGS : undefined;
  if (tool.args === undefined && !builtIn) {
    reporter.errorAtKey(
      path,
      'missing_key',
      `${name} needs args: a JSON Schema here or the name of a file that holds one`,
    );
    return undefined;
  }
  if (builtIn) {
    const queues = Object.keys(tool.queues ?? {});
    const queue: JsonObject = queues.length > 0 ? { type: 'string', enum: queues } : { type: 'string' };
    const schema: JsonObject = { ...builtIn, properties: { ...builtIn.properties, queue } };
    return readArgsSchema(schema, title, { report: () => undefined, drops: true, digits });
  }
  if (typeof tool.args !== 'string') {
    const report = (below: Path, says: string, hint?: string) =>
      reporter.error([...path, 'args', ...below], 'bad_value', says, hint);
    return isJsonObject(tool.args) ? readArgsSchema(tool.args, title, { report, drops, digits }) : undefined;
  }
  const source = files.source(tool.args);
  if (!source) return undefined;
  if (!isJsonObject(source.value)) {
    reporter.errorIn(source, [], 'bad_value', 'This file is not a JSON Schema of an object');
    return undefined;
  }
  const report = (below: Path, says: string, hint?: string) => reporter.errorIn(source, below, 'bad_value', says, hint);
  return readArgsSchema(source.value, title, { report, drops, digits });
}
