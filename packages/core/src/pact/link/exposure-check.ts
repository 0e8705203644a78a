/** Warns of what an agent could lose without bound once it acts alone: such a lane cannot become `limited`. */
import { enforcedExposure } from '../exposure/pact-exposure.ts';
import type { Pact } from '../pact.ts';
import type { Reporter } from './reporter.ts';

/** A warning at the key of each money action that no limit bounds in `limited`. A lane in shadow is judged as if enforced. */
export function checkExposure(pact: Pact, reporter: Reporter): void {
  for (const lane of pact.lanes.keys()) {
    for (const tool of enforcedExposure(pact, lane, 'limited').unbounded) {
      if (hasBrokenLimit(pact, lane, tool)) continue;
      const says = `Nothing bounds the money that ${tool} can move in a week without a person`;
      reporter.warn(['lanes', lane, 'may', tool], 'unbounded_exposure', says, hintFor(pact, lane, tool));
    }
  }
}

/** Whether a limit of the tool could not be linked: that error is told already, and its mending may bound the tool. */
function hasBrokenLimit(pact: Pact, lane: string, tool: string): boolean {
  const linked = pact.tools.get(tool)?.limits ?? [];
  return (pact.file.lanes[lane]?.limits ?? []).some(
    ({ id, of }) => of.includes(tool) && !linked.some((limit) => limit.id === id),
  );
}

function hintFor(pact: Pact, lane: string, tool: string): string {
  const limits = (pact.file.lanes[lane]?.limits ?? []).filter(({ of, mode }) => of.includes(tool) && mode !== 'shadow');
  const { customers_per_week, conversations_per_week } = pact.file.trust ?? {};
  if (limits.some(({ per }) => per === 'customer') && customers_per_week === undefined)
    return 'declare trust.customers_per_week, or add a limit per agent or pact with a window';
  if (limits.some(({ per }) => per === 'conversation') && conversations_per_week === undefined)
    return 'declare trust.conversations_per_week, or add a limit per agent or pact with a window';
  return 'add a limit per agent or pact with a window, over its money (sum, at_most), or a count with a cap on each';
}
