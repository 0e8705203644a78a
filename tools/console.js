/** Builds the console with vite, presses its files for the wire, and refuses a first page that is too heavy. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const FIRST_SCRIPT_MAX = 250_000;
const PRESSED = new Set(['.js', '.css', '.html', '.svg', '.json']);

/** Written last: the console is built when it is there. */
export const consoleStamp = (root) => join(root, 'packages', 'console', 'dist', '.built');

export function buildConsole(root, run) {
  const folder = join(root, 'packages', 'console');
  const app = join(folder, 'dist', 'app');
  rmSync(consoleStamp(root), { force: true });
  run(join(root, 'node_modules', '.bin', 'vite'), ['build', folder, '--config', join(folder, 'vite.config.js')]);
  const manifest = JSON.parse(readFileSync(join(app, '.vite', 'manifest.json'), 'utf8'));
  rmSync(join(app, '.vite'), { recursive: true });
  const report = weigh(manifest, press(app));
  writeFileSync(join(folder, 'dist', 'weight.json'), `${JSON.stringify(report, null, 2)}\n`);
  const kilo = (bytes) => (bytes / 1000).toFixed(1);
  const said = `The console's first script is ${kilo(report.first_script_gzip)} kB (gzip) of ${FIRST_SCRIPT_MAX / 1000} allowed`;
  if (report.first_script_gzip > FIRST_SCRIPT_MAX) {
    console.error(`${said}; load a page later or leave a library out`);
    process.exit(1);
  }
  console.error(said);
  writeFileSync(consoleStamp(root), '');
}

/** Writes .gz and .br beside each file; name → size in gzip. */
function press(app) {
  const sizes = new Map();
  for (const entry of readdirSync(app, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !PRESSED.has(extname(entry.name))) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    const gzip = gzipSync(bytes, { level: 9 });
    writeFileSync(`${path}.gz`, gzip);
    writeFileSync(
      `${path}.br`,
      brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    );
    sizes.set(path.slice(app.length + 1).replaceAll('\\', '/'), gzip.length);
  }
  return sizes;
}

/** What the first page loads before anything shows: the entry and all that it imports at once. */
function weigh(manifest, sizes) {
  const [entry] = Object.entries(manifest).find(([, { isEntry }]) => isEntry) ?? [];
  const first = new Set();
  const visit = (name) => {
    if (name === undefined || first.has(name)) return;
    first.add(name);
    for (const next of manifest[name].imports ?? []) visit(next);
  };
  visit(entry);
  const chunks = [...first].map((name) => manifest[name]);
  const sum = (files) => files.reduce((total, file) => total + (sizes.get(file) ?? 0), 0);
  return {
    first_script_gzip: sum(chunks.map(({ file }) => file)),
    first_style_gzip: sum([...new Set(chunks.flatMap(({ css }) => css ?? []))]),
    all_gzip: sum([...sizes.keys()]),
  };
}
