/** Rehearses beside the page, so that a long recording never stops it. Ended by being terminated. */
import type { RehearseRequest } from './messages.ts';
import { rehearseFiles } from './rehearse-files.ts';
import { zoneOffset } from './zone-offset.ts';

addEventListener('message', async ({ data }: MessageEvent<RehearseRequest>) => {
  for await (const message of rehearseFiles(data, zoneOffset)) postMessage(message);
});
