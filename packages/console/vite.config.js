/** How the console is built: hashed files into dist/app, nothing inline, core from its sources. */
import { fileURLToPath } from 'node:url';
import { defineConfig, runnerImport } from 'vite';

const SOURCES = ['surety-source', 'import', 'module', 'browser', 'default'];
const API = process.env.SURETY_URL ?? 'http://127.0.0.1:7400';

/**
 * The contract's tables without their schemas: name of a route → method, path and who may; its limits; the kinds of entries.
 * A browser that only sends and shows needs no validator, and the roles are written in one place.
 */
function contract() {
  const name = 'virtual:contract';
  return {
    name: 'surety-contract',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    async load(id) {
      if (id !== `\0${name}`) return undefined;
      const [{ ROUTES }, { WIRE_LIMITS }, { KINDS }] = await Promise.all(
        ['wire/routes.ts', 'wire/limits.ts', 'evidence/kinds.ts'].map(fromCore),
      );
      const rows = Object.entries(ROUTES).map(([route, { method, path, may }]) => [route, { method, path, may }]);
      return [
        `export const CONTRACT = ${JSON.stringify(Object.fromEntries(rows))};`,
        `export const LIMITS = ${JSON.stringify(WIRE_LIMITS)};`,
        `export const KINDS = ${JSON.stringify(Object.keys(KINDS))};`,
      ].join('\n');
    },
  };
}

async function fromCore(path) {
  const { module } = await runnerImport(fileURLToPath(new URL(`../core/src/${path}`, import.meta.url)), {
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: SOURCES },
    ssr: { resolve: { conditions: [...SOURCES, 'node'] } },
  });
  return module;
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  cacheDir: fileURLToPath(new URL('../../node_modules/.vite/console', import.meta.url)),
  plugins: [contract()],
  resolve: { conditions: SOURCES },
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: 'dist/app',
    emptyOutDir: true,
    manifest: true,
    // light-dark(), popover and :has() are there in these; older ones are not tried.
    target: ['chrome125', 'firefox128', 'safari18'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      checks: { pluginTimings: false },
      // Libraries mark their files for servers that draw React; there is none here.
      onLog: (level, log, say) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && say(level, log),
    },
  },
  server: { port: 7401, proxy: { '/v1': { target: API, changeOrigin: false } } },
  logLevel: 'warn',
});
