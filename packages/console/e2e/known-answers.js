/** What a browser is asked: which of these test vectors (schema surety/vectors@1) it gets wrong, and what entries come to. */

import { differs } from '../../../tools/vectors/differs.js';
import { FUNCTIONS } from '../../../tools/vectors/functions.js';
import { sampleHistory } from '../../core/src/world/sample-history.ts';
import { digestOfEntries } from '../../core/src/world/world-digest.ts';

export function wrongOf(cases) {
  return cases.flatMap(({ id, fn, args, expect, tol }) => {
    try {
      const difference = differs(FUNCTIONS[fn](args), expect, tol);
      return difference ? [`${id} ${fn}: ${difference}`] : [];
    } catch (error) {
      return [`${id} ${fn}: threw ${error.message}`];
    }
  });
}

/** The world that these made-up entries come to, as one digest. */
export const worldOf = (seed, length) => digestOfEntries(sampleHistory(seed, length));
