/** Runs the product: until there is a server, a guided rehearsal on the sample conversations. */
import { join } from 'node:path';
import { build, install, root, run } from './ready.js';

install();
build();
run(process.execPath, [join(root, 'packages', 'cli', 'bin', 'surety.js'), 'tour', ...process.argv.slice(2)]);
