/** The cookie of a session: no script reads it, no other site sends it, and over TLS nothing else carries it. */
import type { CookieSerializeOptions } from '@fastify/cookie';
import { SESSION_COOKIE, type SessionView } from '@surety/core/wire';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Begun } from '../operations/session/open-session.ts';

const isSecure = (address: string): boolean => address.startsWith('https:');

/** `__Host-` pins it to this very host; browsers take that name over TLS alone. */
const nameAt = (address: string): string => (isSecure(address) ? `__Host-${SESSION_COOKIE}` : SESSION_COOKIE);

const optionsAt = (address: string): CookieSerializeOptions => ({
  path: '/',
  httpOnly: true,
  sameSite: 'strict',
  secure: isSecure(address),
});

export const tokenOf = ({ cookies }: FastifyRequest, address: string): string | undefined => cookies[nameAt(address)];

export function keepSession(reply: FastifyReply, address: string, { token, lastsMs, view }: Begun): SessionView {
  void reply.setCookie(nameAt(address), token, { ...optionsAt(address), maxAge: Math.floor(lastsMs / 1_000) });
  return view;
}

export function forgetSession(reply: FastifyReply, address: string): void {
  void reply.clearCookie(nameAt(address), optionsAt(address));
}
