/** Runs benchmarks: one JSON line per figure, `{name, value, unit, control, ratio, n}`. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, install, root } from './ready.js';

install();
build();
const known = readdirSync(join(root, 'tools', 'bench'))
  .filter((file) => file.endsWith('.js') && file !== 'measure.js')
  .map((file) => file.slice(0, -3));
const asked = process.argv.slice(2);
for (const name of asked.filter((name) => !known.includes(name))) {
  console.error(`No benchmark is called ${name}; there are ${known.join(', ')}`);
  process.exit(2);
}
for (const name of asked.length > 0 ? asked : known) {
  const { bench } = await import(`./bench/${name}.js`);
  for await (const figure of bench()) console.log(JSON.stringify(figure));
}
