/** Simulates beside the page. Ended by being terminated. */
import type { SimulateRequest } from './messages.ts';
import { simulateLanes } from './simulate-lanes.ts';

addEventListener('message', ({ data }: MessageEvent<SimulateRequest>) => {
  for (const message of simulateLanes(data)) postMessage(message);
});
