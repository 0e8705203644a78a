import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Tests run on the sources; only tests of the command line need the build.
  resolve: { conditions: ['surety-source', 'import', 'module', 'default'] },
  // Node hears these too: with 'import' among them, require() would find modules where it needs CommonJS.
  ssr: { resolve: { conditions: ['surety-source', 'node'] } },
  test: {
    // For what never ends. A busy machine takes many times as long as a quiet one, and fails nothing by that.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // On two cores the runner by itself would use one.
    maxWorkers: 2,
    // Start nothing before a test asks for PostgreSQL or a browser.
    globalSetup: ['tools/test-postgres.ts', 'tools/test-browser.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'rooms',
          include: ['packages/{core,server,sdk,console}/src/**/*.test.ts'],
          // They change nothing of their process: the modules are read once for all of them.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: [
            '*.test.ts',
            'packages/cli/src/**/*.test.ts',
            'packages/console/e2e/*.test.ts',
            'examples/**/*.test.ts',
            'docs/**/*.test.ts',
          ],
        },
      },
    ],
  },
});
