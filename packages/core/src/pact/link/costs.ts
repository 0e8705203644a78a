/** The most that all conditions of a lane can cost together for one action. */

import type { Pact } from '../pact.ts';
import { PACT_LIMITS } from '../pact-limits.ts';
import type { Reporter } from './reporter.ts';

export function checkCosts(pact: Pact, reporter: Reporter): void {
  for (const { tool, lane, rules } of pact.tools.values()) {
    const cost = rules.reduce((total, rule) => total + rule.condition.cost, 0);
    if (lane && cost > PACT_LIMITS.costPerLane)
      reporter.errorAtKey(
        ['lanes', lane.name, 'may', tool],
        'too_dear',
        `The rules of ${tool} could cost ${cost} of ${PACT_LIMITS.costPerLane} units together`,
        'bound the lists they go over',
      );
  }
}
