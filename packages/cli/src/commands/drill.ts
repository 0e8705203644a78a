/** `surety drill stop`: stops an agent, sees how soon the gate denies it, lets it go on, and records all of it. */
import { randomUUID } from 'node:crypto';
import { AskError, type Command, type ExitCode, text } from '../command.ts';
import { type Desk, withDesk } from '../server/desk.ts';
import { ACTOR, DATA } from '../server/options.ts';
import type { Terminal } from '../terminal/terminal.ts';

const LATER = ['owner-silent', 'gate-down', 'injection'];
/** Registered for the drill; no pact binds it and nothing waits for it. */
const OWN_AGENT = 'surety-drill';
const WITHIN_MS = 1_000;

export const drill: Command = {
  options: {
    agent: { type: 'string', value: 'NAME', says: `stop this agent for real (default: ${OWN_AGENT}, made for drills)` },
    ...DATA,
    ...ACTOR,
  },
  arguments: [1, 1],
  async run([kind = ''], values, terminal): Promise<ExitCode> {
    if (LATER.includes(kind)) throw new AskError(`the drill ${kind} does not exist yet; there is surety drill stop`);
    if (kind !== 'stop') throw new AskError(`there is no drill ${kind}; there is surety drill stop`);
    return withDesk(values, (desk) => drillStop(desk, text(values, 'agent'), terminal));
  },
};

async function drillStop({ client }: Desk, named: string | undefined, terminal: Terminal): Promise<ExitCode> {
  const agent = named ?? OWN_AGENT;
  if (named === undefined)
    await client.agent.register({ name: OWN_AGENT, party: 'operator', purpose: 'drills of the stop' });
  if ((await client.agent.trust({ name: agent })).stopped)
    throw new AskError(`${agent} is already stopped, so nothing could be seen; resume it first`, 1);
  const start = performance.now();
  await client.agent.stop({ name: agent }, { reason: 'a drill of the stop' });
  let took: number | undefined;
  try {
    took = await untilDenied(client, agent, start);
  } finally {
    await client.agent.resume({ name: agent }, { reason: 'the drill of the stop is over' });
  }
  const passed = took !== undefined && took <= WITHIN_MS;
  const took_ms = Math.round(took ?? performance.now() - start);
  const detail = passed ? 'denied because it was stopped' : `not denied within ${WITHIN_MS} ms`;
  const { receipt } = await client.drill.record({ drill: 'stop', agent, passed, took_ms, detail });
  if (terminal.json) terminal.document({ drill: 'stop', agent, passed, took_ms, receipt });
  if (passed)
    terminal.print(`${agent} was denied ${took_ms} ms after it was stopped, and is resumed (entry ${receipt.seq}).`);
  else
    terminal.print(terminal.red(`${agent} was not denied within ${WITHIN_MS} ms of its stop (entry ${receipt.seq}).`));
  return passed ? 0 : 1;
}

/** The gate only decides: nothing runs, whatever it says. */
async function untilDenied(client: Desk['client'], agent: string, start: number): Promise<number | undefined> {
  const run = randomUUID();
  for (let call = 1; performance.now() - start <= WITHIN_MS; call++) {
    const { decision, reasons } = await client.action.propose({
      agent,
      conversation_id: `drill-${run}`,
      call_id: `call_${call}`,
      tool: 'surety_drill',
      args: {},
    });
    if (decision === 'deny' && reasons.some(({ id }) => id === 'stopped')) return performance.now() - start;
  }
  return undefined;
}
