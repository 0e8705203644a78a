import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Tests run on the sources; only tests of the command line need the build.
  resolve: { conditions: ['surety-source', 'import', 'module', 'default'] },
  ssr: { resolve: { conditions: ['surety-source', 'node', 'import', 'module', 'default'] } },
  test: {
    include: ['*.test.ts', 'packages/*/src/**/*.test.ts', 'examples/**/*.test.ts'],
    testTimeout: 60_000,
  },
});
