/** Runs files of test vectors (schema surety/vectors@1) against the core and counts what passed. */
import { readFileSync } from 'node:fs';
import { build, install } from './ready.js';

install();
build();
// Only what was built can be loaded.
const { differs } = await import('./vectors/differs.js');
const { FUNCTIONS } = await import('./vectors/functions.js');

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
