/** What a browser sends of its own accord proves nothing: with the cookie, a change must come from the console itself. */
import { CONSOLE_HEADER } from '@surety/core/wire';
import type { FastifyRequest } from 'fastify';
import { Refusal } from './problem.ts';

const OWN_SITES = new Set(['same-origin', 'none']);

/** No other page may ask in the name of whoever looks at it, nor may one on another port of this machine. */
export function checkSite({ headers }: FastifyRequest): void {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && !OWN_SITES.has(String(site))) throw forged();
}

/** `address`: where the console is reached, which a proxy may have made another than the one that was asked. */
export function checkOrigin({ headers: { origin, host } }: FastifyRequest, address: string): void {
  if (origin === undefined || !URL.canParse(origin)) throw forged();
  if (new URL(origin).host !== host && origin !== originOf(address)) throw forged();
}

export function checkChange(request: FastifyRequest, address: string): void {
  if (request.headers[CONSOLE_HEADER.name] !== CONSOLE_HEADER.value) throw forged();
  checkOrigin(request, address);
}

const originOf = (address: string): string | undefined => (URL.canParse(address) ? new URL(address).origin : undefined);

const forged = () =>
  new Refusal(
    'session.forged',
    `With a session, a change comes from the console itself: its Origin, and ${CONSOLE_HEADER.name}: ${CONSOLE_HEADER.value}`,
  );
