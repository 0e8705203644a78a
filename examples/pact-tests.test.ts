/** The tests that examples and starters ship with their pacts: all green, every rule seen, no file left empty. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadPact, readTestFile, runTests } from '@surety/core/pact';
import { describe, expect, it } from 'vitest';
import { zoneOffset } from '../packages/cli/src/files/zones.ts';

const root = new URL('../', import.meta.url);
const folders = ['examples/', 'packages/cli/starters/']
  .flatMap((shelf) => readdirSync(new URL(shelf, root), { withFileTypes: true }).map((entry) => ({ shelf, entry })))
  .filter(({ entry }) => entry.isDirectory())
  .map(({ shelf, entry }) => `${shelf}${entry.name}/`)
  .filter((folder) => existsSync(new URL(`${folder}pact.yaml`, root)));

const bytesOf = (path: string): Uint8Array => readFileSync(new URL(path, root));
const textOf = (path: string): string => new TextDecoder().decode(bytesOf(path));

const load = (folder: string) =>
  loadPact('pact.yaml', bytesOf(`${folder}pact.yaml`), (name) => {
    const path = `${folder}${name}`;
    return existsSync(new URL(path, root)) ? bytesOf(path) : undefined;
  });

describe.each(folders)('%s', (folder) => {
  it('holds a pact without errors or warnings', () => expect(load(folder).diagnostics).toEqual([]));

  it('passes its own tests, and they see every rule firing and silent', () => {
    const { pact } = load(folder);
    const { file, source, diagnostics } = readTestFile('pact.test.yaml', textOf(`${folder}pact.test.yaml`));
    expect(diagnostics).toEqual([]);
    if (!pact || !file || !source) throw new Error(`${folder} has no pact, or no tests, that can be read`);
    expect(file.pact).toBe('./pact.yaml');
    expect(file.coverage).toMatchObject({ fired: 'all', silent: 'all' });
    const report = runTests(pact, file, source, zoneOffset);
    const failed = report.results.filter(({ passed }) => !passed);
    expect(failed.map(({ name, differences }) => `${name}: ${differences.join('; ')}`)).toEqual([]);
    expect(report.gaps).toEqual([]);
    expect(report.passed).toBe(true);
  });

  it('holds no empty file', () => {
    const files = readdirSync(new URL(folder, root), { recursive: true, withFileTypes: true });
    const empty = files
      .filter((entry) => entry.isFile() && readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8').trim() === '')
      .map((entry) => `${entry.parentPath}/${entry.name}`.replace(fileURLToPath(root), ''));
    expect(empty).toEqual([]);
  });
});

it('finds the three real policies and every starter', () => {
  expect(folders).toEqual(expect.arrayContaining(['examples/airline/', 'examples/retail/', 'examples/telecom/']));
  expect(folders.filter((folder) => folder.startsWith('packages/')).length).toBeGreaterThanOrEqual(5);
});
