/** Runs the built command line in a folder of its own, as a user would, and sees that it never shows its insides. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect } from 'vitest';

export const BIN = fileURLToPath(new URL('../../bin/surety.js', import.meta.url));
const SAMPLE = fileURLToPath(new URL('../../sample/conversations.jsonl', import.meta.url));

export interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Desk {
  readonly folder: string;
  readonly at: (...parts: string[]) => string;
  run(...args: string[]): Answer;
  /** With variables of the environment. */
  runWith(env: Record<string, string>, ...args: string[]): Answer;
}

/** A temporary folder with the sample recording in it; gone when the file's tests are done. */
export function openDesk(): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'surety-desk-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  copyFileSync(SAMPLE, join(folder, 'sample.jsonl'));
  const runWith = (env: Record<string, string>, ...args: string[]): Answer => {
    const { NO_COLOR: _, FORCE_COLOR: __, ...rest } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...rest, ...env },
      // While it is waited for, the test's own limit cannot end it.
      timeout: 200_000,
    });
    for (const text of [stdout, stderr]) {
      expect(text, 'a stack trace').not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
      expect(text, 'a defect').not.toContain('this is a defect in Surety');
    }
    return { code: status, out: stdout, err: stderr };
  };
  return {
    folder,
    at: (...parts) => join(folder, ...parts),
    run: (...args) => runWith({}, ...args),
    runWith,
  };
}

/** That it could not be asked, and is said in one line on standard error. */
export function expectRefusal({ code, out, err }: Answer, sentence: string): void {
  expect({ code, out, err }).toEqual({ code: 2, out: '', err: `surety: ${sentence}\n` });
}

/** The one document that `--json` prints, and nothing else with it. */
export function documentOf({ out }: Answer): unknown {
  return JSON.parse(out);
}
