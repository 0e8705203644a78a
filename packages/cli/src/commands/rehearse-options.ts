/** Reads the options of a rehearsal; what cannot be meant is one sentence. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Pact, readYaml } from '@surety/core/pact';
import { isJsonObject, type Json, parseTime, TRUST_STATES, type TrustState } from '@surety/core/terms';
import { AskError, text, texts, type Values } from '../command.ts';
import { readNamed } from '../files/pact-files.ts';
import { checkFile } from '../files/recordings.ts';

/** Every file that options name to be read. */
export function namedFiles(values: Values): readonly string[] {
  const tables = texts(values, 'table').map((pair) => pair.slice(pair.indexOf('=') + 1));
  const named = ['pact', 'against', 'labels'].map((name) => text(values, name));
  return [...named.filter((path) => path !== undefined), ...tables];
}

/** Refuses a place for the decisions that cannot be written, or that would destroy what is read. */
export function checkOut(out: string, read: readonly string[]): void {
  const folder = dirname(out);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new AskError(`there is no folder ${folder} for --out; make it, or name another place`);
  const place = statSync(out, { throwIfNoEntry: false });
  if (place?.isDirectory()) throw new AskError(`--out ${out} is a folder; name a file`);
  if (
    place &&
    read.some((path) => statSync(path, { throwIfNoEntry: false }) && realpathSync(path) === realpathSync(out))
  )
    throw new AskError(`--out ${out} is a file that is read here, and was left as it is; name another`);
}

export function stateOf(written: string | undefined): TrustState {
  const state = TRUST_STATES.find((one) => one === (written ?? 'autonomous'));
  if (!state) throw new AskError(`--state is one of ${TRUST_STATES.join(', ')}, not ${written}`);
  return state;
}

export function nowOf(written: string | undefined): number | undefined {
  const now = written === undefined ? undefined : parseTime(written);
  if (written !== undefined && now === undefined)
    throw new AskError(`--now is a time with offset such as 2024-05-15T15:00:00-05:00, not ${written}`);
  return now;
}

export function minutesOf(written: string | undefined): number {
  const minutes = Number(written ?? '4');
  if (!(minutes > 0 && minutes <= 1_440))
    throw new AskError(`--minutes-per-hold is a number of minutes above 0, not ${written}`);
  return minutes;
}

export function tablesOf(written: readonly string[], pact: Pact): ReadonlyMap<string, Json> {
  const known = pact.given.map(({ name }) => name);
  return new Map(
    written.map((pair): [string, Json] => {
      const cut = pair.indexOf('=');
      const [name, path] = [pair.slice(0, cut), pair.slice(cut + 1)];
      if (cut < 1) throw new AskError(`--table is written NAME=FILE, not ${pair}`);
      if (!known.includes(name))
        throw new AskError(
          `--table ${name}: the pact has no fact ${name} from a table or http; it has ${known.join(', ') || 'none'}`,
        );
      const read = readYaml(path, new TextDecoder().decode(readNamed(path)));
      if (!read.ok) throw new AskError(`${path}: ${read.error[0]?.says ?? 'this table cannot be read'}`);
      return [name, read.value.value];
    }),
  );
}

export function labelsOf(path: string): ReadonlyMap<string, boolean> {
  checkFile(path);
  const labels = new Map<string, boolean>();
  for (const [i, line] of readFileSync(path, 'utf8').split('\n').entries()) {
    if (line.trim() === '') continue;
    const label = parseLine(line);
    const { conversation_id: conversation, call_id: call, right } = isJsonObject(label) ? label : {};
    if (typeof conversation !== 'string' || typeof call !== 'string' || typeof right !== 'boolean')
      throw new AskError(`${path}, line ${i + 1}: write {"conversation_id": …, "call_id": …, "right": true or false}`);
    labels.set(`${conversation}\n${call}`, right);
  }
  return labels;
}

function parseLine(line: string): Json | undefined {
  try {
    return JSON.parse(line) as Json;
  } catch {
    return undefined;
  }
}
