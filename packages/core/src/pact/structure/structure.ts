/** What must hold in a pact file beyond its shape, as far as the file alone can tell. */
import type { Diagnostic } from '../diagnostic.ts';
import { Reporter } from '../link/reporter.ts';
import type { Source } from '../source.ts';
import { checkAutonomy } from './autonomy.ts';
import { checkConsequences } from './consequences.ts';
import { checkCounts } from './counts.ts';
import { checkKeeping } from './keeping.ts';
import { checkLimits } from './limits.ts';
import { checkHeader } from './money.ts';
import { checkOwners } from './owners.ts';
import { checkRules } from './rules.ts';
import { type ReadSections, type Site, siteOf } from './site.ts';
import { checkTargets } from './targets.ts';
import { checkTools } from './tools.ts';
import { warnUnused } from './unused.ts';

const CHECKS: readonly ((file: ReadSections, site: Site) => void)[] = [
  checkHeader,
  checkOwners,
  checkTools,
  checkRules,
  checkLimits,
  checkTargets,
  checkAutonomy,
  checkConsequences,
  checkKeeping,
];

/** `file` is what could be read of `source`; `places` knows where its parts stand. */
export function checkStructure(file: ReadSections, source: Source, places: Source): readonly Diagnostic[] {
  const site = siteOf(source, places);
  for (const check of CHECKS) check(file, site);
  const counted = new Reporter(source);
  checkCounts(source.value, counted);
  return [...site.reporter.diagnostics, ...counted.diagnostics];
}

/** What a pact that is otherwise in order does not need. */
export function unusedNames(file: ReadSections, source: Source): readonly Diagnostic[] {
  const site = siteOf(source, source);
  warnUnused(file, site);
  return site.reporter.diagnostics;
}
