/** What every guarded tool of one client shares: the way to the gate, and what the client knows without it. */
import type { Calls } from './calls.ts';
import type { CallRoute } from './routes.ts';
import type { Delivery } from './spool/delivery.ts';
import type { Guide } from './watch/guide.ts';
import type { Stops } from './watch/stops.ts';

export interface Gate {
  readonly agent: string;
  readonly deadlineMs: number;
  /** The agent's own tool that gives a conversation to a person, beside `hand_over` itself. */
  readonly handOver: string | undefined;
  readonly call: CallRoute;
  readonly guide: Guide;
  readonly stops: Stops;
  readonly delivery: Delivery;
  readonly calls: Calls;
  readonly warn: (sentence: string) => void;
}

export const isHandOver = ({ handOver, guide }: Gate, tool: string): boolean =>
  tool === 'hand_over' || tool === handOver || guide.find(tool)?.is === 'hand_over';

/** Whether a stop bites here, before the gate is asked. Reads move nothing and are left to the gate, which allows them. */
export function isStopped({ guide, stops }: Gate, tool: string): boolean {
  const known = guide.find(tool);
  return known?.is !== 'read' && stops.isStopped(known?.lane);
}
