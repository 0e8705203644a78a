/** The agents: who they are, whether they are stopped, and their trust state in each lane. */
import type { Placed } from '../evidence/kinds.ts';
import type { TrustState } from '../terms/decision.ts';

export interface LaneStanding {
  state: TrustState;
  /** The entry that moved it there; -1 where it is where everyone starts. */
  since: number;
  stopped: boolean;
}

export interface AgentStanding {
  readonly name: string;
  readonly party: string;
  readonly purpose: string | null;
  /** 1 at registration; every declared change is one more. */
  version: number;
  model: string | null;
  stopped: boolean;
  readonly registered_at: number;
  readonly lanes: Record<string, LaneStanding>;
}

export type Agents = Map<string, AgentStanding>;

export const START: TrustState = 'supervised';

export function register(agents: Agents, { data, at }: Placed<'agent.registered'>): void {
  if (agents.has(data.agent)) return;
  const { agent: name, party, purpose = null, model = null } = data;
  agents.set(name, { name, party, purpose, version: 1, model, stopped: false, registered_at: at, lanes: {} });
}

export function change(agents: Agents, { data }: Placed<'agent.changed'>): void {
  const agent = agents.get(data.agent);
  if (!agent) return;
  agent.version = data.version;
  agent.model = data.model ?? agent.model;
}

export function stop(agents: Agents, { data }: Placed<'agent.stopped'>): void {
  const agent = agents.get(data.agent);
  if (!agent) return;
  if (data.lane === undefined) agent.stopped = true;
  else laneOf(agent, data.lane).stopped = true;
}

/** Without a lane it resumes everywhere. */
export function resume(agents: Agents, { data }: Placed<'agent.resumed'>): void {
  const agent = agents.get(data.agent);
  if (!agent) return;
  if (data.lane !== undefined) {
    laneOf(agent, data.lane).stopped = false;
    return;
  }
  agent.stopped = false;
  for (const lane of Object.values(agent.lanes)) lane.stopped = false;
}

export function move(agents: Agents, { seq, data }: Placed<'state.moved'>): void {
  const agent = agents.get(data.agent);
  if (!agent) return;
  const lane = laneOf(agent, data.lane);
  lane.state = data.to;
  lane.since = seq;
}

function laneOf(agent: AgentStanding, lane: string): LaneStanding {
  const standing = findLane(agent, lane) ?? { state: START, since: -1, stopped: false };
  agent.lanes[lane] = standing;
  return standing;
}

/** A lane may be called what every object has, such as `constructor`. */
const findLane = (agent: AgentStanding | undefined, lane: string): LaneStanding | undefined =>
  agent && Object.hasOwn(agent.lanes, lane) ? agent.lanes[lane] : undefined;

export const stateIn = (agents: Agents, agent: string, lane: string | undefined): TrustState =>
  (lane === undefined ? undefined : findLane(agents.get(agent), lane)?.state) ?? START;

export function isStopped(agents: Agents, agent: string, lane: string | undefined): boolean {
  const standing = agents.get(agent);
  return (standing?.stopped ?? false) || (lane !== undefined && (findLane(standing, lane)?.stopped ?? false));
}
