/** A sample agent: a script without a model, whose every tool stands behind the gate, as any agent's would. */
import { type GuardedTool, guard, type Surety, surety } from '@surety/sdk';
import { type Args, type Shop, TOOLS, type ToolName } from './shop.ts';
import type { AgentName } from './visit.ts';

export interface SampleAgent {
  readonly name: AgentName;
  readonly tools: Readonly<Record<ToolName, GuardedTool<Args, unknown>>>;
  close(): Promise<void>;
}

/** How long the gate may take while a history is written on a busy machine. */
const DEADLINE_MS = 20_000;

/**
 * It follows no stops by itself: on the sample desk one is to see that the gate refuses a stopped agent, not that the
 * agent is polite.
 */
export async function openAgent(url: string, key: string, name: AgentName, shop: Shop): Promise<SampleAgent> {
  const client: Surety = surety({
    url,
    key,
    agent: name,
    follow: false,
    deadlineMs: DEADLINE_MS,
    warn: () => undefined,
  });
  await client.ready();
  client.gate.stops.hear({ type: 'agent.resumed' });
  const tools = Object.fromEntries(TOOLS.map((tool) => [tool, guard(client, tool, shop.tools[tool])]));
  return { name, tools: tools as SampleAgent['tools'], close: () => client.close() };
}
