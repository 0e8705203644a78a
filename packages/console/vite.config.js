/** How the console is built: hashed files into dist/app, nothing inline, core from its sources. */
import { fileURLToPath } from 'node:url';
import { defineConfig, runnerImport } from 'vite';

const SOURCES = ['surety-source', 'import', 'module', 'browser', 'default'];
const API = process.env.SURETY_URL ?? 'http://127.0.0.1:7400';

/**
 * The contract's table without its schemas: name → method, path and who may. A browser that only sends and shows
 * needs no validator, and the roles are written in one place.
 */
function contract() {
  const name = 'virtual:contract';
  return {
    name: 'surety-contract',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    async load(id) {
      if (id !== `\0${name}`) return undefined;
      const wire = fileURLToPath(new URL('../core/src/wire/routes.ts', import.meta.url));
      const { module } = await runnerImport(wire, {
        configFile: false,
        logLevel: 'error',
        resolve: { conditions: SOURCES },
        ssr: { resolve: { conditions: [...SOURCES, 'node'] } },
      });
      const rows = Object.entries(module.ROUTES).map(([route, { method, path, may }]) => [
        route,
        { method, path, may },
      ]);
      return `export const CONTRACT = ${JSON.stringify(Object.fromEntries(rows))};`;
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
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
  },
  server: { port: 7401, proxy: { '/v1': { target: API, changeOrigin: true } } },
  logLevel: 'warn',
});
