/** Who answers: two people for each owner, and an owner for each lane, queue and route. */
import { didYouMean } from '../condition/problem.ts';
import type { Path } from '../diagnostic.ts';
import { isHandOver, type LaneFile } from '../syntax.ts';
import { entries, type ReadSections, type Site } from './site.ts';

export function checkOwners(file: ReadSections, site: Site): void {
  for (const [name, owner] of entries(file.owners)) {
    const path = ['owners', name];
    if (owner.primary === owner.backup) {
      site.reporter.error(
        [...path, 'backup'],
        'same_person',
        `${owner.primary} cannot back up themselves; name somebody else`,
      );
    }
    if (owner.answer_within <= 0) {
      site.reporter.error([...path, 'answer_within'], 'bad_value', 'Give the owner some time to answer');
    }
  }
  for (const [name, lane] of entries(file.lanes)) checkLane(name, lane, file, site);
  for (const [name, consequence] of entries(file.consequences)) {
    if (consequence.kind === 'operational' && consequence.route_to !== undefined) {
      requireOwner(consequence.route_to, ['consequences', name, 'route_to'], site);
    }
  }
}

function checkLane(name: string, lane: LaneFile, file: ReadSections, site: Site): void {
  requireOwner(lane.owner, ['lanes', name, 'owner'], site);
  for (const [tool, { queues }] of entries(lane.may)) {
    for (const [queue, owner] of entries(queues)) {
      requireOwner(owner, ['lanes', name, 'may', tool, 'queues', queue], site);
    }
  }
  const routes = entries(lane.may).some(([tool, written]) => isHandOver(tool, written));
  const owner = Object.hasOwn(file.owners ?? {}, lane.owner) ? file.owners?.[lane.owner] : undefined;
  if (routes && owner && owner.then !== 'route_to_owner') {
    const says = `${lane.owner} owns ${name}, which hands over to people; write then: route_to_owner`;
    site.reporter.error(['owners', lane.owner, 'then'], 'bad_value', says);
  }
}

function requireOwner(name: string, path: Path, site: Site): void {
  if (site.owners.has(name)) return;
  site.reporter.error(
    path,
    'unknown_owner',
    `There is no owner ${name}; add it under owners`,
    didYouMean(name, site.owners),
  );
}
