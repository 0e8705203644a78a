/** Registers an agent, and declares what changed in it. It starts supervised in every lane. */
import type { ChangeAgent, RegisterAgent } from '@surety/core/wire';
import { RECORDING } from '@surety/core/world';
import type { Context } from '../context.ts';
import { ConflictError, InvalidError, isConflict } from '../errors.ts';
import type { Actor, Operation } from '../operation.ts';
import { getAgent } from './standing.ts';

interface Answer {
  readonly receipt: { readonly seq: number };
}

export async function registerAgent(context: Context, actor: Actor, body: RegisterAgent): Promise<Answer> {
  const { name } = body;
  try {
    return await context.writer.perform(REGISTER, {
      command: body,
      actor,
      ids: [`agent/${name}`],
      tag: context.names.tag(JSON.parse(JSON.stringify(body))),
    });
  } catch (error) {
    // The entry's id is made of the name: who asks for it with other words asked for no id.
    throw isConflict(error) && context.writer.world.agents.has(name) ? registeredBefore(name) : error;
  }
}

const registeredBefore = (name: string) =>
  new ConflictError(
    'agent.exists',
    `${name} is already registered; declare a change with surety agent version ${name}`,
  );

export function changeAgent(
  context: Context,
  actor: Actor,
  agent: string,
  body: ChangeAgent,
  id: string,
): Promise<Answer> {
  return context.writer.perform(CHANGE, {
    command: { agent, body, id },
    actor,
    ids: [id],
    tag: context.names.tag(JSON.parse(JSON.stringify([agent, body]))),
  });
}

const REGISTER: Operation<RegisterAgent, Answer> = {
  route: 'agent.register',
  decide(world, { name, ...rest }) {
    if (rest.party === RECORDING)
      throw new InvalidError(
        'request.malformed',
        `The party ${RECORDING} is that of agents known from recordings alone; name whose agent ${name} is`,
      );
    if (world.agents.has(name)) throw registeredBefore(name);
    return [{ id: `agent/${name}`, type: 'agent.registered', data: { agent: name, ...given(rest) } }];
  },
  answer: ([entry]) => ({ receipt: { seq: entry?.seq ?? -1 } }),
};

const CHANGE: Operation<{ readonly agent: string; readonly body: ChangeAgent; readonly id: string }, Answer> = {
  route: 'agent.change',
  decide(world, { agent, body, id }) {
    const { version } = getAgent(world, agent);
    return [{ id, type: 'agent.changed', data: { agent, version: version + 1, ...given(body) } }];
  },
  answer: ([entry]) => ({ receipt: { seq: entry?.seq ?? -1 } }),
};

/** Without the members that are absent: canonical JSON has no `undefined`. */
const given = <T extends object>(body: T): T =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as T;
