/** What a command is: its name and what it takes, and, once loaded, what it does. */
import type { Terminal } from './terminal/terminal.ts';

export interface Option {
  readonly type: 'string' | 'boolean';
  /** What stands for the value in help. */
  readonly value?: string;
  readonly multiple?: boolean;
  readonly says: string;
}

export type Values = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** A command as help lists it. */
export interface Entry {
  /** As it is typed: `pact check`. */
  readonly name: string;
  readonly takes: string;
  readonly says: string;
  /** Its code and all that this needs: nothing of it is read before it is asked for. */
  load(): Promise<Command>;
}

export interface Command {
  readonly options: Readonly<Record<string, Option>>;
  /** Least and most arguments. */
  readonly arguments: readonly [number, number];
  run(args: readonly string[], values: Values, terminal: Terminal): Promise<ExitCode> | ExitCode;
}

/** 0 yes, 1 the answer is no, 2 it could not be asked, 70 and 71 a ledger that cannot go on, 130 stopped by Ctrl-C. */
export type ExitCode = 0 | 1 | 2 | 70 | 71 | 130;

/** It could not be asked, or the answer is no: one sentence with what, where and how to mend it. */
export class AskError extends Error {
  readonly exitCode: ExitCode;
  constructor(sentence: string, exitCode: ExitCode = 2) {
    super(sentence);
    this.exitCode = exitCode;
  }
}

/** An empty one is a variable of the shell that was not set: as a folder it would be the one that the user happens to be in. */
export const text = (values: Values, name: string): string | undefined => {
  const value = values[name];
  if (value === '') throw new AskError(`--${name} is empty; give it a value`);
  return typeof value === 'string' ? value : undefined;
};

export const texts = (values: Values, name: string): readonly string[] => {
  const value = values[name];
  return Array.isArray(value) ? (value as readonly string[]) : typeof value === 'string' ? [value] : [];
};
