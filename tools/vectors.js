/** Runs files of test vectors (schema surety/vectors@1) against the core and counts what passed. */
import { readFileSync } from 'node:fs';
import { build, install } from './ready.js';

install();
build();
const chance = await import('@surety/core/chance');
const pact = await import('@surety/core/pact');

/** Function of the schema → how its arguments are handed to the core. */
const FUNCTIONS = {
  normalQuantile: ({ p }) => chance.normalQuantile(p),
  wilson: ({ x, n, conf }) => chance.wilson(x, n, conf),
  newcombeDiff: ({ x1, n1, x2, n2, conf }) => chance.newcombeDiff(x1, n1, x2, n2, conf),
  weeklyExposure: ({ state, actions, limits, conversations, customers }) =>
    pact.weeklyExposure(state, actions, limits, conversations, customers),
};

/** Every member of `want` must be in `got`; numbers are the same, or within `tol` where there is one. */
function differs(got, want, tol, at = '') {
  if (typeof want === 'number' && typeof got === 'number') {
    const gap = Math.abs(got - want);
    const isNear = tol && (gap <= (tol.abs ?? -1) || gap <= (tol.rel ?? -1) * Math.abs(want));
    return got === want || isNear ? undefined : `${at || 'result'} is ${got}, not ${want}`;
  }
  if (Array.isArray(want)) {
    if (!Array.isArray(got) || got.length !== want.length)
      return `${at || 'result'} is ${JSON.stringify(got)}, not ${JSON.stringify(want)}`;
    return want.map((item, i) => differs(got[i], item, tol, `${at}[${i}]`)).find(Boolean);
  }
  if (want !== null && typeof want === 'object')
    return Object.entries(want)
      .map(([key, item]) => differs(got?.[key], item, tol, at ? `${at}.${key}` : key))
      .find(Boolean);
  return got === want ? undefined : `${at || 'result'} is ${JSON.stringify(got)}, not ${JSON.stringify(want)}`;
}

const counts = new Map();
let passed = 0;
let failed = 0;
function fail(message) {
  failed++;
  console.log(message);
}

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Name a file of vectors: npm run vectors -- FILE…');
  process.exit(2);
}
for (const file of files) {
  const { schema, cases } = JSON.parse(readFileSync(file, 'utf8'));
  if (schema !== 'surety/vectors@1' || !Array.isArray(cases) || cases.length === 0) {
    fail(`${file}: no cases of the schema surety/vectors@1`);
    continue;
  }
  const unknown = new Map();
  for (const { id, fn, args, expect, tol } of cases) {
    const call = FUNCTIONS[fn];
    const row = counts.get(fn) ?? { passed: 0, failed: 0 };
    counts.set(fn, row);
    let wrong;
    if (!call) {
      unknown.set(fn, (unknown.get(fn) ?? 0) + 1);
      failed++;
      row.failed++;
      continue;
    }
    try {
      wrong = differs(call(args), expect, tol);
    } catch (error) {
      wrong = `threw ${error.message}`;
    }
    if (wrong) {
      row.failed++;
      fail(`${id} ${fn}: ${wrong}`);
    } else {
      row.passed++;
      passed++;
    }
  }
  for (const [fn, n] of unknown) console.log(`${file}: no function ${fn} (${n} cases)`);
}
for (const [fn, row] of counts) console.log(`${fn}: ${row.passed} passed, ${row.failed} failed`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
