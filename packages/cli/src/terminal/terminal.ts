/** Where output goes: colour, wrapped lines and progress only where a person looks on. */
import { seen, seenJson } from './seen.ts';
import { wrap } from './wrap.ts';

export interface Terminal {
  readonly json: boolean;
  /** A line of the answer. With `--json` nothing but the document goes there. */
  print(text: string): void;
  /** The same, never wrapped: a drawing whose columns must stay under one another. */
  draw(text: string): void;
  /** The one JSON document of `--json`. */
  document(value: unknown): void;
  /** A remark beside the answer. */
  note(text: string): void;
  /** How far long work is; shown only on a terminal. */
  progress(text: string): void;
  progressDone(): void;
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
}

export function openTerminal(json: boolean): Terminal {
  const hasColour =
    process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined && process.env['TERM'] !== 'dumb';
  const paint = (code: number) => (text: string) => (hasColour ? `\u001b[${code}m${text}\u001b[0m` : text);
  let isProgressShown = false;
  const clear = () => {
    if (isProgressShown) process.stderr.write('\r\u001b[K');
    isProgressShown = false;
  };
  const draw = (text: string) => {
    if (json) return;
    clear();
    process.stdout.write(`${seen(text, hasColour)}\n`);
  };
  return {
    json,
    print: (text) => draw(process.stdout.isTTY ? wrap(text, Math.max(process.stdout.columns || 80, 40)) : text),
    draw,
    document: (value) => {
      clear();
      process.stdout.write(`${seenJson(JSON.stringify(value, null, 2))}\n`);
    },
    note: (text) => {
      clear();
      process.stderr.write(`${seen(text, hasColour)}\n`);
    },
    progress: (text) => {
      if (!process.stderr.isTTY) return;
      process.stderr.write(`\r\u001b[K${seen(text, hasColour)}`);
      isProgressShown = true;
    },
    progressDone: clear,
    bold: paint(1),
    dim: paint(2),
    red: paint(31),
    green: paint(32),
    yellow: paint(33),
  };
}
