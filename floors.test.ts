/** The law of the house as tables: who may import whom, and what no file may be called or do. `import type` counts. */
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Path from the root of the repository → text. */
type Files = ReadonlyMap<string, string>;
type Table = Readonly<Record<string, readonly string[]>>;

const JUDGING = ['terms', 'chance', 'result'];
const BELOW_DILIGENCE =
  'world judgement metrics trust pact evidence chance ledger consequence crypto recording terms result'.split(' ');
const CORE: Table = {
  result: [],
  terms: ['result'],
  crypto: ['result'],
  chance: ['crypto', 'result'],
  ledger: ['crypto', 'result'],
  consequence: ['terms', 'result'],
  recording: ['terms', 'result'],
  evidence: ['terms', 'crypto', 'result'],
  pact: ['terms', 'crypto', 'result'],
  judgement: JUDGING,
  trust: JUDGING,
  metrics: JUDGING,
  world: 'terms crypto chance evidence pact judgement trust metrics consequence result'.split(' '),
  diligence: BELOW_DILIGENCE,
  wire: ['diligence', ...BELOW_DILIGENCE],
};
const ROOMS =
  'http consumers operations connectors notify store/port store/portable store/sqlite store/postgres config log'.split(
    ' ',
  );
const SERVER: Table = {
  main: ['server'],
  index: ['server'],
  server: ROOMS,
  http: ['operations', 'connectors'],
  consumers: ['operations', 'connectors', 'notify'],
  operations: ['store/port', 'log'],
  connectors: [],
  notify: [],
  'store/port': [],
  'store/portable': ['store/port'],
  'store/sqlite': ['store/port', 'store/portable'],
  'store/postgres': ['store/port', 'store/portable'],
  config: [],
  log: ['store/port'],
};
const SHOWN = ['ui', 'words', 'api', 'links'];
/** A place (`places/queue`) never imports another; a widget knows neither places nor the API. */
const CONSOLE: Table = {
  main: ['routes', 'frame', 'welcome', ...SHOWN],
  routes: ['frame', 'places', 'welcome', ...SHOWN],
  frame: SHOWN,
  welcome: SHOWN,
  places: ['charts', 'record', 'rehearsal', 'simulation', ...SHOWN],
  record: SHOWN,
  charts: ['ui', 'words'],
  api: ['words', 'ui'],
  words: ['ui'],
  ui: [],
  links: [],
  /** The worker in which a pact is tried in the browser. */
  rehearsal: ['words'],
  /** The worker in which agents are imagined under a pact. */
  simulation: ['rehearsal'],
  'contract.d': [],
};
const CONSOLE_LIBRARIES = ['react', 'react-dom', 'wouter', '@tanstack/react-query', 'virtual:contract'];
const PACKAGES: Table = { core: [], sdk: ['core'], server: ['core'], console: ['core', 'sdk'], cli: ['core', 'sdk'] };
const LIBRARIES = ['zod', '@noble/hashes', '@noble/curves', 'yaml', '@marcbachmann/cel-js'];

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"\n]+)['"]/g;
const IMPURE: readonly (readonly [what: string, RegExp])[] = [
  ['Node', /\bprocess\s*(?:\.\w|\[)|\bBuffer\s*[.(]|[:<]\s*Buffer\b|\b__dirname\b|\brequire\(/],
  ['the clock', /\bDate\.now\b|\bnew Date\(\s*\)|(?<!new )\bDate\(|\bperformance\.now\b/],
  ['the local time zone', /\.[gs]et(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds|TimezoneOffset)\(/],
  ['the local time zone', /\btoLocale\w+\(|\bIntl\.|\bDate\.parse\b|\bnew Date\([^()]*,/],
  ['randomness', /\bMath\.random\b|\bgetRandomValues\b|\brandomUUID\b/],
  ['timers', /\b(?:setTimeout|setInterval|setImmediate|queueMicrotask)\b/],
  ['the network', /\bfetch\(|\bXMLHttpRequest\b|\bWebSocket\b/],
];
const INEXACT = /\bMath\.(?:log|exp|pow|a?sin|a?cos|a?tan|cbrt|hypot)\w*|[\w)\]] \*\* /;
const DRAWER = /^(?:utils?|helpers?|managers?|types|constants?|common|base|services?|data|info|process|misc)$/;
const DRAWER_OF = /-(?:utils?|helpers?|managers?|services?)$/;

/** `packages/core/src/pact/parse.ts` → core, pact; a room of the server’s store is one of its folders. */
function placeOf(path: string): { readonly pack: string; readonly room: string } | undefined {
  const [, pack = '', inside = ''] = /^packages\/([^/]+)\/src\/(.+)$/.exec(path) ?? [];
  const [first = '', second = ''] = inside.replace(/(?:\.test)?\.tsx?$/, '').split('/');
  if (pack === '') return undefined;
  // What the port is said in, such as its errors, stands beside it in files of its own: port-….ts.
  if (pack === 'console' && first === 'places') return { pack, room: `places/${second}` };
  const room = pack === 'server' && first === 'store' ? `store/${second.replace(/^port-.*/, 'port')}` : first;
  return { pack, room };
}
const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);
const importsOf = (text: string): string[] => [...text.matchAll(IMPORT)].map(([, name = '']) => name);
const resolveFrom = (path: string, name: string): string => posix.join(posix.dirname(path), name);
const isOneOf = (known: readonly string[], name: string): boolean =>
  known.some((one) => name === one || name.startsWith(`${one}/`));
const codeOf = (text: string): string[] => text.split('\n').filter((line) => !/^\s*(?:\/\/|\/?\*)/.test(line));

function* walls(files: Files): Iterable<string> {
  for (const [path, text] of files) {
    const from = placeOf(path);
    if (!from || isTest(path)) continue;
    const rooms = { core: CORE, server: SERVER, console: CONSOLE }[from.pack];
    const mayRooms = rooms?.[from.room.replace(/^places\/.*/, 'places')];
    if (rooms && !mayRooms && !(from.pack === 'core' && from.room === 'index')) yield `${path}: no such room`;
    for (const name of importsOf(text)) {
      const to = name.startsWith('.') ? placeOf(resolveFrom(path, name)) : undefined;
      const [, pack, room] = /^@surety\/([^/]+)(?:\/(.+))?$/.exec(name) ?? [];
      const isShown = from.pack === 'console' && from.room === 'routes' && to?.room.startsWith('places/');
      const isDoor = from.pack === 'cli' && name === '@surety/server';
      const isSealed = from.pack === 'server' && /^(?:connectors|notify)$/.test(from.room);
      if (name.startsWith('.') && to?.pack !== from.pack) yield `${path} leaves its package for ${name}`;
      else if (to && mayRooms && !isShown && to.room !== from.room && !mayRooms.includes(to.room))
        yield `${path} imports ${name}`;
      else if (pack && !isDoor && !PACKAGES[from.pack]?.includes(pack)) yield `${path} imports ${name}`;
      else if (isSealed && pack && room !== 'terms') yield `${path} imports ${name}`;
      else if (from.pack === 'core' && !to && !isOneOf(LIBRARIES, name))
        yield `${path} imports ${name}, which is not in the closed list`;
      else if (from.pack === 'console' && !to && !pack && !isOneOf(CONSOLE_LIBRARIES, name))
        yield `${path} imports ${name}, which the console does not load`;
      if (to && posix.basename(name) === 'index.ts' && path.startsWith(`${posix.dirname(resolveFrom(path, name))}/`))
        yield `${path} imports its own index`;
    }
  }
}

const HEAVY = /^import (?!type\b)[^;]*'@surety\/core\/(?:wire|world|evidence|pact)'/m;
/** Schemas and the language of pacts stay out of the browser’s pages; a worker may load them. */
function* weight(files: Files): Iterable<string> {
  for (const [path, text] of files)
    if (/^packages\/console\/src\/(?!(?:rehearsal|simulation)\/)/.test(path) && !isTest(path) && HEAVY.test(text))
      yield `${path} loads schemas into the browser; import type is free`;
}

function* circles(files: Files): Iterable<string> {
  const done = new Set<string>();
  function* visit(path: string, way: readonly string[]): Iterable<string> {
    if (way.includes(path)) yield `circle: ${[...way.slice(way.indexOf(path)), path].join(' → ')}`;
    if (done.has(path) || way.includes(path)) return;
    for (const name of importsOf(files.get(path) ?? ''))
      if (name.startsWith('.')) yield* visit(resolveFrom(path, name), [...way, path]);
    done.add(path);
  }
  for (const path of files.keys()) yield* visit(path, []);
}

function* forms(files: Files): Iterable<string> {
  for (const [path, text] of files) {
    const lines = text.split('\n').length - 1;
    if (lines > 400) yield `${path} has ${lines} lines`;
    const parts = path.replace(/^packages\/[^/]+\/src\//, '').split('/');
    const words = parts.map((part) => part.replace(/(?:\.test)?\.\w+$/, ''));
    if (words.some((word) => DRAWER.test(word) || DRAWER_OF.test(word))) yield `${path} is called like a drawer`;
    if (words.some((word) => /handlers?$/.test(word)) && parts[0] !== 'http') yield `${path}: handlers live in http`;
  }
}

function* purity(files: Files): Iterable<string> {
  for (const [path, text] of files) {
    const { pack, room = '' } = placeOf(path) ?? {};
    if (pack !== 'core' || isTest(path)) continue;
    for (const line of codeOf(text)) {
      for (const [what, pattern] of IMPURE) if (pattern.test(line)) yield `${path} touches ${what}: ${line.trim()}`;
      if (!/^(?:chance|trust|metrics)$/.test(room)) continue;
      if (INEXACT.test(line)) yield `${path} is inexact: ${line.trim()}`;
      if (/\bMath\.sqrt\b/.test(line) && posix.basename(path) !== 'intervals.ts')
        yield `${path}: roots are for intervals`;
    }
  }
}

function readTree(folder: string): string[] {
  return readdirSync(new URL(folder, import.meta.url), { withFileTypes: true }).flatMap((entry) => {
    if (/^(?:node_modules|dist|vendor)$/.test(entry.name)) return [];
    if (entry.isDirectory()) return readTree(`${folder}${entry.name}/`);
    return /\.(?:ts|tsx|js)$/.test(entry.name) ? [`${folder}${entry.name}`] : [];
  });
}
const house: Files = new Map(
  [...readTree('packages/'), ...readTree('tools/'), 'floors.test.ts'].map((path) => [
    path,
    readFileSync(new URL(path, import.meta.url), 'utf8'),
  ]),
);

describe('the house', () => {
  it.each([
    ['floors', walls],
    ['circles', circles],
    ['forms', forms],
    ['purity', purity],
    ['weight', weight],
  ])('keeps its law: %s', (_, law) => {
    expect(house.size).toBeGreaterThan(100);
    expect([...law(house)]).toEqual([]);
  });

  it('installs no library in core that is not in the closed list', () => {
    const { dependencies } = JSON.parse(readFileSync(new URL('packages/core/package.json', import.meta.url), 'utf8'));
    expect(Object.keys(dependencies).filter((name) => !LIBRARIES.includes(name))).toEqual([]);
  });
});

const file = (path: string, ...lines: string[]): readonly [string, string] => [`packages/${path}`, lines.join('\n')];
const load = (name: string) => ['imp', `ort type { X } from '${name}';`].join('');

describe('each law can be broken', () => {
  it.each([
    ['a room above', walls, [file('core/src/terms/a.ts', load('../pact/b.ts'))]],
    ['a neighbour', walls, [file('core/src/trust/a.ts', load('../metrics/b.ts'))]],
    ['terms in the ledger', walls, [file('core/src/ledger/a.ts', load('../terms/json.ts'))]],
    ['the ledger in the world', walls, [file('core/src/world/a.ts', load('../ledger/b.ts'))]],
    ['wire from diligence', walls, [file('core/src/diligence/a.ts', load('../wire/b.ts'))]],
    ['a room nobody knows', walls, [file('core/src/shared/a.ts')]],
    ['a room of tests', walls, [file('server/src/testing/a.ts')]],
    ['a library', walls, [file('core/src/pact/a.ts', load('lodash'))]],
    ['Node', walls, [file('core/src/pact/a.ts', load('node:fs'))]],
    ['its own index', walls, [file('core/src/pact/diff/a.ts', load('../index.ts'))]],
    ['the server from core', walls, [file('core/src/pact/a.ts', load('@surety/server'))]],
    ['another package by path', walls, [file('core/src/pact/a.ts', load('../../../server/src/a.ts'))]],
    ['the sdk from the server', walls, [file('server/src/http/a.ts', load('@surety/sdk'))]],
    ['the server from the sdk', walls, [file('sdk/src/a.ts', load('@surety/server'))]],
    ['a side door of the server', walls, [file('cli/src/a.ts', load('@surety/server/store'))]],
    ['the store from http', walls, [file('server/src/http/a.ts', load('../store/port.ts'))]],
    ['a driver from operations', walls, [file('server/src/operations/a.ts', load('../store/sqlite/a.ts'))]],
    ['http from consumers', walls, [file('server/src/consumers/a.ts', load('../http/a.ts'))]],
    ['config from http', walls, [file('server/src/http/a.ts', load('../config.ts'))]],
    ['the wiring from a room', walls, [file('server/src/log/a.ts', load('../server.ts'))]],
    ['the pact from notify', walls, [file('server/src/notify/a.ts', load('@surety/core/pact'))]],
    ['a place from a place', walls, [file('console/src/places/queue/a.tsx', load('../agents/b.tsx'))]],
    ['the API from a widget', walls, [file('console/src/ui/a.tsx', load('../api/b.ts'))]],
    ['the server from the console', walls, [file('console/src/api/a.ts', load('@surety/server'))]],
    ['a library in the browser', walls, [file('console/src/ui/a.tsx', load('lodash'))]],
    ['schemas in the browser', weight, [file('console/src/api/a.ts', load('@surety/core/wire').replace(' type', ''))]],
    ['a circle', circles, [file('sdk/src/a.ts', load('./b.ts')), file('sdk/src/b.ts', load('./a.ts'))]],
    ['a god file', forms, [file('sdk/src/a.ts', ...Array(402).fill(''))]],
    ['a drawer', forms, [file('sdk/src/utils.ts')]],
    ['a folder of drawers', forms, [file('sdk/src/common/a.ts')]],
    ['a manager', forms, [file('sdk/src/hold-manager.test.ts')]],
    ['a handler outside http', forms, [file('server/src/notify/handler.ts')]],
    ...['Buffer.from(x)', 'process.env.X', 'Date.now()', 'new Date()', 'x.getHours()', 'new Date(2024, 1, 1)'].map(
      (code) => [code, purity, [file('core/src/pact/a.ts', code)]] as const,
    ),
    ...['Math.random()', 'setTimeout(f, 1)', 'fetch(url)', 'x.toLocaleString()', 'performance.now()', 'Date()'].map(
      (code) => [code, purity, [file('core/src/world/a.ts', code)]] as const,
    ),
    ...['Math.log1p(x)', 'Math.exp(x)', 'Math.pow(x, 2)', 'Math.sin(x)', 'x ** 2', 'Math.sqrt(x)'].map(
      (code) => [code, purity, [file('core/src/chance/a.ts', code)]] as const,
    ),
  ] as const)('%s', (_, law, files) => {
    expect([...law(new Map(files))]).toHaveLength(1);
  });

  it('and kept', () => {
    const files = new Map([
      file('core/src/pact/a.ts', load('../terms/json.ts'), load('zod'), load('./b.ts'), '// Date.now() is not for us'),
      file('core/src/chance/intervals.ts', 'Math.sqrt(x); new Date(at).toISOString(); Math.round(x);'),
      file('server/src/operations/hold/a.ts', load('../../log/a.ts'), load('@surety/core/world'), load('pg')),
      file('server/src/http/handler.ts', load('../operations/perform.ts')),
      file('cli/src/commands/start.ts', load('@surety/server'), load('node:fs')),
      file('console/src/routes.tsx', load('./places/queue/queue.tsx'), load('react'), load('@surety/core/wire')),
    ]);
    expect([walls, circles, forms, purity, weight].flatMap((law) => [...law(files)])).toEqual([]);
  });
});
