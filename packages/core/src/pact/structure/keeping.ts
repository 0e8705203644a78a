/** Terms, evidence and trust: what they name is there, and evidence is kept as long as anything looks back. */
import { formatSpan } from '../../terms/time.ts';
import { didYouMean } from '../condition/problem.ts';
import { entries, type ReadSections, type Site } from './site.ts';

export function checkKeeping(file: ReadSections, site: Site): void {
  checkForfeits(file, site);
  checkKeep(file, site);
  checkTrust(file, site);
  const at = ['results', 'failed_when'];
  if (site.source.has(at) && !site.source.has([...at, 'starts_with']) && !site.source.has([...at, 'field'])) {
    site.reporter.errorAtKey(at, 'missing_key', 'failed_when needs starts_with or field');
  }
}

function checkForfeits(file: ReadSections, site: Site): void {
  for (const [i, id] of (file.terms?.holdback?.forfeit_on ?? []).entries()) {
    if (site.targets.has(id)) continue;
    const says = `${id} is not a weekly target; only a missed target forfeits the holdback`;
    site.reporter.error(['terms', 'holdback', 'forfeit_on', i], 'unknown_name', says, didYouMean(id, site.targets));
  }
}

function checkKeep(file: ReadSections, site: Site): void {
  const keep = file.evidence?.keep;
  if (keep === undefined) return;
  const longest = [...lookingBack(file)].reduce((a, b) => (b.span > a.span ? b : a), { span: 0, what: '' });
  if (longest.span <= keep) return;
  const says = `Keep evidence for at least ${formatSpan(longest.span)}: ${longest.what} looks back that far`;
  site.reporter.error(['evidence', 'keep'], 'bad_value', says);
}

function* lookingBack(file: ReadSections): Iterable<{ span: number; what: string }> {
  for (const [, lane] of entries(file.lanes)) {
    for (const { id, window } of lane.limits ?? []) yield { span: window ?? 0, what: `limit ${id}` };
    for (const { id, window } of lane.weekly_targets ?? []) yield { span: window, what: `target ${id}` };
  }
  if (!file.terms) return;
  yield { span: file.terms.resolution.settles_after, what: 'the settlement' };
  yield { span: file.terms.holdback?.release_after ?? 0, what: 'the release of the holdback' };
}

function checkTrust(file: ReadSections, site: Site): void {
  const trust = file.trust;
  if (!trust) return;
  for (const lane of Object.keys(trust.volume_per_day ?? {})) {
    if (site.lanes.has(lane)) continue;
    const says = `There is no lane ${lane}`;
    site.reporter.errorAtKey(['trust', 'volume_per_day', lane], 'unknown_name', says, didYouMean(lane, site.lanes));
  }
  const volumes = ['trust', 'volume_per_day'];
  const missing =
    trust.preset === undefined ? [] : [...site.lanes].filter((lane) => !site.source.has([...volumes, lane]));
  if (missing.length > 0) {
    const place = site.source.has(volumes) ? volumes : ['trust', 'preset'];
    const says = `The preset needs volume_per_day, the conversations a day, for ${missing.join(', ')}`;
    site.reporter.errorAtKey(place, 'missing_key', says);
  }
  checkStrata(file, site);
}

/** Parts per million. A rarer kind would hardly ever be counted (trust-statistics, section 5). */
const LEAST_SHARE = 30_000;

function checkStrata({ trust, define }: ReadSections, site: Site): void {
  const strata = entries(trust?.strata);
  if (strata.length === 0) return;
  const wrong = (says: string, ...below: readonly string[]) =>
    site.reporter.errorAtKey(['trust', 'strata', ...below], 'bad_value', says);
  if (strata.reduce((sum, [, share]) => sum + share, 0) !== 1_000_000) wrong('The weights of strata add up to 100%');
  for (const [name, share] of strata)
    if (share < LEAST_SHARE) wrong(`A stratum has at least 3% of the work; let ${name} be part of another`, name);
  const others = strata.filter(([name]) => !Object.hasOwn(define ?? {}, name));
  if (others.length !== 1) {
    const names = others.map(([name]) => name).join(', ') || 'none';
    wrong(`Every stratum but one is the name of a definition; that one is for all other work (here: ${names})`);
  }
}
