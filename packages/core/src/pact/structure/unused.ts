/** What nothing in the pact refers to: a warning, since it is often a sign of a name that was meant elsewhere. */
import { entries, type ReadSections, type Site } from './site.ts';

export function warnUnused(file: ReadSections, site: Site): void {
  const owners = new Set<string>();
  const consequences = new Set(Object.values(file.on_violation ?? {}).flatMap((names) => names ?? []));
  for (const [, lane] of entries(file.lanes)) {
    owners.add(lane.owner);
    for (const { queues } of Object.values(lane.may))
      for (const owner of Object.values(queues ?? {})) owners.add(owner);
    for (const target of lane.weekly_targets ?? []) for (const name of target.then) consequences.add(name);
  }
  for (const [, consequence] of entries(file.consequences)) {
    if (consequence.kind === 'operational' && consequence.route_to !== undefined) owners.add(consequence.route_to);
  }
  const warn = (section: string, names: Iterable<string>, used: ReadonlySet<string>, says: string): void => {
    for (const name of names) if (!used.has(name)) site.reporter.warn([section, name], 'unused', `${says} ${name}`);
  };
  warn('owners', site.owners, owners, 'No lane, queue or consequence names the owner');
  warn('consequences', site.consequences, consequences, 'Nothing leads to the consequence');
  warn('types', Object.keys(file.types ?? {}), typesNeeded(file), 'No fact needs the type');
}

/** Types that facts name, and those that these name in turn. */
function typesNeeded(file: ReadSections): ReadonlySet<string> {
  const needed = new Set<string>();
  const open = Object.values(file.facts ?? {}).map((fact) => fact.type);
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    for (const name of text.match(/\b[A-Z][A-Za-z0-9]*/g) ?? []) {
      if (needed.has(name)) continue;
      needed.add(name);
      open.push(...Object.values(file.types?.[name] ?? {}));
    }
  }
  return needed;
}
