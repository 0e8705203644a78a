/** What a browser is asked: which of these test vectors (schema surety/vectors@1) it gets wrong. */
import { differs } from '../../../tools/vectors/differs.js';
import { FUNCTIONS } from '../../../tools/vectors/functions.js';

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
