/** Builds everything. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bin, install, root, run } from './ready.js';

install();
run(bin('tsc'), ['-b', ...readdirSync(join(root, 'packages')).map((name) => join('packages', name))]);
