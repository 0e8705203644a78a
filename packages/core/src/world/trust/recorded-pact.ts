/** What a pact's own entry says of it. One entry has to hold it all, whatever each part of the pact may be at most. */
import type { z } from 'zod';
import { canonicalBytes } from '../../crypto/index.ts';
import { type DataOf, ENTRY_LIMITS, KINDS } from '../../evidence/index.ts';
import type { Diagnostic, Pact } from '../../pact/index.ts';
import { laneTermsOf } from './lane-terms.ts';

type Recorded = DataOf<'pact.proposed'>;
type Content = Recorded['files'][number]['content'];

/** The envelope, and how its tests came out. */
const SPARE_BYTES = 1_024;

/** `main` first among its files. */
export function recordedPact(pact: Pact, main: string, contentOf: (path: string) => Content): Recorded {
  const named = pact.files.map(({ path }) => ({ path, content: contentOf(path) }));
  return {
    digest: pact.digest,
    pact: pact.name,
    version: pact.version,
    author: pact.file.author,
    agents: [...pact.file.agents],
    lanes: laneTermsOf(pact),
    files: [...named.filter(({ path }) => path === main), ...named.filter(({ path }) => path !== main)],
  };
}

/** Why a pact that is in order by itself cannot go on the record; `undefined` where it can. */
export function unrecordable(pact: Pact, main: string): Diagnostic | undefined {
  const recorded = recordedPact(pact, main, () => ANY_CONTENT);
  const error = { severity: 'error', file: main, range: { line: 1, column: 1, end_line: 1, end_column: 1 } } as const;
  const bytes = canonicalBytes(recorded).length + SPARE_BYTES;
  if (bytes > ENTRY_LIMITS.bytesMax)
    return {
      ...error,
      code: 'limit_entry_bytes',
      says: `What the ledger keeps of this pact takes ${bytes} bytes; one entry holds at most ${ENTRY_LIMITS.bytesMax}`,
      hint: 'use fewer lanes, weekly targets or files, or let fewer consequences follow in each lane',
    };
  const [misfit] = KINDS['pact.proposed'].safeParse(recorded).error?.issues ?? [];
  return misfit && { ...error, code: 'bad_value', says: sayMisfit(misfit) };
}

function sayMisfit(issue: z.core.$ZodIssue): string {
  const where = `${issue.path.join('.')} does not fit what the ledger keeps of a pact`;
  if (issue.code === 'too_big') return `${where}: at most ${issue.maximum}`;
  if (issue.code !== 'too_small') return `${where}: ${issue.message}`;
  return `${where}: ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
}

/** As long as any. */
const ANY_CONTENT: Content = { blob: 'f'.repeat(64), bytes: 999_999, media: 'application/yaml' };
