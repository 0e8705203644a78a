/** What a change of an agent's standing is prepared with: the pacts that bind it, and who owns its lanes. */
import { HAND_OVER, type Pact } from '@surety/core/pact';
import { type AgentStanding, pactsOf, type World } from '@surety/core/world';
import type { Context } from '../context.ts';
import { InvalidError, UnknownError } from '../errors.ts';
import type { Actor, Moment } from '../operation.ts';
import type { Subject } from '../personal/subjects.ts';

export interface Standing {
  readonly agent: string;
  readonly lane: string | undefined;
  readonly reason: string | undefined;
  readonly staff: Subject;
  /** Lane → owner, in the pacts in force. */
  readonly owners: ReadonlyMap<string, string>;
  /** Makes the ids of this request's entries. */
  readonly id: string;
}

export async function prepareStanding(
  context: Context,
  actor: Actor,
  agent: string,
  lane: string | undefined,
  reason: string | undefined,
  id: string,
): Promise<Standing> {
  const pacts = await boundPacts(context, agent);
  const owners = new Map(
    pacts.flatMap((pact) => [...pact.lanes.values()].map(({ name, owner }) => [name, owner] as const)),
  );
  if (lane !== undefined && owners.size > 0 && !owners.has(lane))
    throw new InvalidError(
      'request.malformed',
      `No pact in force gives ${agent} a lane ${lane}; it has ${[...owners.keys()].join(', ')}`,
    );
  const staff = await context.subjects.resolve({ kind: 'conversation', value: `staff ${actor.by}` });
  return { agent, lane, reason, staff, owners, id };
}

export async function boundPacts(context: Context, agent: string): Promise<Pact[]> {
  const pacts: Pact[] = [];
  for (const digest of pactsOf(context.writer.world.pacts, agent)) {
    const standing = context.writer.world.pacts.byDigest.get(digest);
    if (standing) pacts.push(await context.shelf.get(standing));
  }
  return pacts;
}

export const askFor = <C extends Standing>(context: Context, actor: Actor, command: C, what: readonly string[]) => ({
  command,
  actor,
  ids: [command.id],
  tag: context.names.tag([actor.by, command.agent, command.lane ?? null, command.reason ?? null, ...what]),
});

export function getAgent(world: World, name: string): AgentStanding {
  const agent = world.agents.get(name);
  if (!agent)
    throw new UnknownError('agent.unknown', `${name} is not registered; register it with surety agent add ${name}`);
  return agent;
}

export const laneOf = ({ lane }: Standing) => (lane === undefined ? {} : { lane });
export const reasonOf = ({ reason, staff }: Standing, moment: Moment) =>
  reason === undefined ? {} : { reason: moment.commit(staff, 'reason', reason.toWellFormed()) };

/** Whether a request proposes to give a conversation to a person: the built-in tool, or the operator's own that says so. */
export async function isHandOverOf(context: Context, body: unknown): Promise<boolean> {
  const { agent, tool } = (body ?? {}) as { agent?: unknown; tool?: unknown };
  if (typeof agent !== 'string' || typeof tool !== 'string') return false;
  if (tool === HAND_OVER) return true;
  return (await boundPacts(context, agent)).some(({ tools }) => tools.get(tool)?.is === 'hand_over');
}
