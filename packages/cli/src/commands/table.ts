/** Every command there is. */
import type { Command } from '../command.ts';
import { init } from './init.ts';
import { pactCheck } from './pact-check.ts';
import { pactDiff } from './pact-diff.ts';
import { pactExplain } from './pact-explain.ts';
import { pactTest } from './pact-test.ts';
import { rehearse } from './rehearse.ts';
import { tour } from './tour.ts';

export const COMMANDS: readonly Command[] = [init, pactCheck, pactTest, pactExplain, pactDiff, rehearse, tour];
