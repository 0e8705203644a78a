/** Types, lint, format and floors, without running the product. */
import { bin, install, run } from './ready.js';

install();
run(bin('tsc'), ['-p', 'tsconfig.json']);
run(bin('tsc'), ['-p', 'packages/console']);
run(bin('biome'), ['ci', '--error-on-warnings', '.']);
run(bin('vitest'), ['run', 'floors.test.ts']);
