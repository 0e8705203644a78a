/** Who calls: a key of the API, the local key of `server.json`, whose holder names whom they act as, or a session. */
import { timingSafeEqual } from 'node:crypto';
import type { Route } from '@surety/core/wire';
import type { FastifyRequest } from 'fastify';
import type { Context } from '../operations/context.ts';
import { hashOf, LOCAL_SCOPE } from '../operations/key/key-ring.ts';
import { refusalOf } from '../operations/key/rights.ts';
import type { Actor } from '../operations/operation.ts';
import { sessionOver } from '../operations/session/end.ts';
import { actorOfSession, findSession, type OpenSession } from '../operations/session/open-session.ts';
import { tokenOf } from './cookie.ts';
import { checkChange, checkOrigin, checkSite } from './origin.ts';
import { Refusal } from './problem.ts';

const PERSON = /^[A-Za-z0-9._-]{1,96}$/;
const READS = new Set(['GET', 'HEAD']);

export class Doorkeeper {
  readonly #context: Context;
  readonly #localHash: Uint8Array;

  constructor(context: Context, localKey: string) {
    this.#context = context;
    this.#localHash = hashOf(localKey);
  }

  /** `isAgain`: a stream that is still open asks; that is no use of a session. */
  async admit(request: FastifyRequest, isAgain = false): Promise<Actor> {
    if (request.headers.authorization !== undefined) return this.#byKey(request);
    const open = await this.#bySession(request, isAgain);
    if (!open)
      throw new Refusal(
        'key.missing',
        'Sign in, or send a key: Authorization: Bearer surety_…; surety keys create makes one',
      );
    if (open.session.mustSetUp) throw new Refusal('session.set_up', 'Choose a password first: POST /v1/session/set-up');
    return actorOfSession(open);
  }

  /** For what only somebody who signed in asks, even one who has yet to choose a password. */
  async session(request: FastifyRequest, route: Pick<Route, 'may'>): Promise<OpenSession> {
    if (request.headers.authorization !== undefined) {
      authorise(await this.#byKey(request), route);
      throw new Refusal('session.missing', 'This is asked in a session, not with a key: sign in at the console');
    }
    const open = await this.#bySession(request, false);
    if (!open) throw new Refusal('session.missing', 'Nobody is signed in here: POST /v1/session');
    return open;
  }

  /** Anybody may ask, but no page of another origin in their name. */
  checkOpen(request: FastifyRequest): void {
    checkSite(request);
    if (request.headers.origin !== undefined) checkOrigin(request, this.#context.entrance.address);
  }

  async #byKey({ headers }: FastifyRequest): Promise<Actor> {
    const token = /^Bearer ([!-~]{1,200})$/i.exec(headers.authorization ?? '')?.[1];
    if (token === undefined) throw new Refusal('key.missing', 'A key is sent as Authorization: Bearer surety_…');
    if (timingSafeEqual(hashOf(token), this.#localHash)) return local(headers['surety-as']);
    const actor = await this.#context.ring.actor(token);
    if (!actor)
      throw new Refusal('key.unknown', 'This key is unknown, expired or revoked; surety keys create makes a new one');
    return actor;
  }

  async #bySession(request: FastifyRequest, isAgain: boolean): Promise<OpenSession | undefined> {
    const { address } = this.#context.entrance;
    const token = tokenOf(request, address);
    if (token === undefined) return undefined;
    checkSite(request);
    if (!READS.has(request.method)) checkChange(request, address);
    const open = await findSession(this.#context, token, !isAgain);
    if (!open) throw sessionOver();
    return open;
  }
}

function local(name: string | string[] | undefined): Actor {
  const person = typeof name === 'string' ? name : 'operator';
  if (!PERSON.test(person))
    throw new Refusal('request.malformed', 'surety-as is the name of a person: letters, digits, . _ and -');
  return { by: `person:${person}`, roles: ['steward'], scopes: [LOCAL_SCOPE] };
}

export function authorise(actor: Actor, { may }: Pick<Route, 'may'>): void {
  const sentence = refusalOf(actor, may);
  if (sentence !== undefined) throw new Refusal('role.forbidden', sentence);
}
