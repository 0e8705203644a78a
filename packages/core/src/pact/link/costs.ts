/** The most that one action can cost: all of its conditions together, and the limits and duties its entry names. */

import type { Pact } from '../pact.ts';
import { PACT_LIMITS } from '../pact-limits.ts';
import type { Reporter } from './reporter.ts';

export function checkCosts(pact: Pact, reporter: Reporter): void {
  const extra = pact.duties[PACT_LIMITS.duties];
  if (extra)
    reporter.errorAtKey(
      ['lanes', extra.lane, 'must'],
      'limit_duties',
      `${pact.duties.length} duties; a pact has at most ${PACT_LIMITS.duties}`,
    );
  for (const { tool, lane, rules, limits } of pact.tools.values()) {
    if (lane && limits.length > PACT_LIMITS.limitsPerTool)
      reporter.errorAtKey(
        ['lanes', lane.name, 'may', tool],
        'limit_tool_limits',
        `${limits.length} limits count ${tool}; a tool has at most ${PACT_LIMITS.limitsPerTool}`,
      );
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
