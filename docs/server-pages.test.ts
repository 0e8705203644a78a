/** The tables of the pages about the server are those of the code. */
import { readFileSync } from 'node:fs';
import { DEFINITIONS } from '@surety/core/metrics';
import { ROLES } from '@surety/core/terms';
import { PROBLEMS, ROUTES, WIRE_LIMITS } from '@surety/core/wire';
import { SETTINGS } from '@surety/server';
import { expect, it } from 'vitest';

const page = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const rows = (cells: readonly (readonly string[])[]): string => cells.map((row) => `| ${row.join(' | ')} |`).join('\n');

const ENTRY = { open: 'whoever asks', session: 'whoever is signed in' } as const;

const settings = Object.entries(SETTINGS).map(([name, says]) => [`\`${name}\``, says]);
const rolesOf = (may: readonly string[]): string => {
  const missing = ROLES.filter((role) => !may.includes(role));
  if (missing.length === 0) return 'every role';
  if (missing.length <= 2) return `every role but ${missing.join(', ')}`;
  return may.join(', ');
};
const routes = Object.values(ROUTES).map(({ method, path, says, may, ...route }) => [
  `\`${method} ${path}\``,
  says,
  'entry' in route ? ENTRY[route.entry] : rolesOf(may),
]);
const statuses = [...new Set(Object.values(PROBLEMS))];
const problems = statuses.map((status) => {
  const codes = Object.entries(PROBLEMS).filter(([, of]) => of === status);
  return [`${status}`, codes.map(([code]) => `\`${code}\``).join(', ')];
});
const count = (number: number): string => number.toLocaleString('en-US');
const limits = [
  ['bytes of a body', count(WIRE_LIMITS.bodyBytes)],
  ['bytes of a body with a pact or with conversations', count(WIRE_LIMITS.pactBodyBytes)],
  ['objects and arrays inside one another', count(WIRE_LIMITS.depth)],
  ['characters of an id that you give', count(WIRE_LIMITS.idChars)],
  ['messages in `trace`', count(WIRE_LIMITS.traceMessages)],
  ['conversations in an import', count(WIRE_LIMITS.importConversations)],
  ['seconds that `GET /v1/actions/{id}?wait=` waits for an answer', count(WIRE_LIMITS.waitSeconds)],
  ['event streams open at once', count(WIRE_LIMITS.eventStreams)],
  ['event streams of one key or person', count(WIRE_LIMITS.eventStreamsEach)],
];
const figures = Object.values(DEFINITIONS).map(({ title, definition }) => [title, definition]);

it.each([
  ['settings', './self-hosting.md', settings],
  ['routes', './http-api.md', routes],
  ['problems', './http-api.md', problems],
  ['limits', './http-api.md', limits],
  ['figures', './weekly-metrics.md', figures],
])('the table of %s is that of the code', (_, name, cells) => {
  expect(page(name)).toContain(`|---|${'---|'.repeat((cells[0]?.length ?? 1) - 1)}\n${rows(cells)}\n`);
});
