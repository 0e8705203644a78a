/** Prints the tables of the trust statistics, simulated with the real step function; fails where a figure leaves its band. */
import { parseArgs } from 'node:util';
import { build, install } from './ready.js';

install();
build();
// Only what was built can be loaded.
const { openCrew } = await import('./simulate/crew.js');
const { CERTAIN } = await import('./simulate/certain.js');
const { BY_CHANCE } = await import('./simulate/chance.js');

const { seed: written } = parseArgs({ options: { seed: { type: 'string', default: '1' } } }).values;
const seed = Number(written);
if (!Number.isSafeInteger(seed)) {
  console.error(`--seed is a whole number, not ${written}`);
  process.exit(2);
}

const shown = (value) =>
  typeof value === 'string' || Number.isInteger(value) ? String(value) : Number(value.toPrecision(4)).toString();
const outside = [];

function print({ name, runs }, figures) {
  console.log(runs ? `\n${name} (seed ${seed}, R = ${runs})` : `\n${name}`);
  const width = Math.max(...Object.keys(figures).map((what) => what.length));
  for (const [what, { value, expected, band, isInside }] of Object.entries(figures)) {
    const held = [expected === '' ? '' : `expected ${shown(expected)}`, band].filter((part) => part !== '').join(', ');
    console.log(`  ${what.padEnd(width)}  ${shown(value).padStart(8)}  ${held}${isInside ? '' : '  OUTSIDE'}`);
    if (!isInside) outside.push(`${name}: ${what} is ${shown(value)}, not ${held}`);
  }
}

const started = process.hrtime.bigint();
console.log(`Trust statistics, simulated with seed ${seed}.`);
for (const row of CERTAIN) print(row, await row.figures());
const crew = openCrew(seed);
try {
  // All are begun at once, so that no core waits for a row to end; they are printed in their order.
  const asked = BY_CHANCE.map((row) => row.figures((task, options) => crew.run(task, options, row.runs)));
  for (const [i, row] of BY_CHANCE.entries()) print(row, await asked[i]);
} finally {
  await crew.close();
}
console.log(`\n${Math.round(Number(process.hrtime.bigint() - started) / 1e9)} seconds.`);
for (const sentence of outside) console.error(`Outside its band: ${sentence}`);
process.exit(outside.length === 0 ? 0 : 1);
