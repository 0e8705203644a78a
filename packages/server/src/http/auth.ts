/** Who calls: a key of the API, or the local key of `server.json`, whose holder names whom they act as. */
import { timingSafeEqual } from 'node:crypto';
import type { Route } from '@surety/core/wire';
import type { FastifyRequest } from 'fastify';
import { hashOf, type KeyRing, LOCAL_SCOPE } from '../operations/key/key-ring.ts';
import { refusalOf } from '../operations/key/rights.ts';
import type { Actor } from '../operations/operation.ts';
import { Refusal } from './problem.ts';

const PERSON = /^[A-Za-z0-9._-]{1,96}$/;

export class Doorkeeper {
  readonly #ring: KeyRing;
  readonly #localHash: Uint8Array;

  constructor(ring: KeyRing, localKey: string) {
    this.#ring = ring;
    this.#localHash = hashOf(localKey);
  }

  async admit({ headers }: FastifyRequest): Promise<Actor> {
    const token = /^Bearer ([!-~]{1,200})$/i.exec(headers.authorization ?? '')?.[1];
    if (token === undefined)
      throw new Refusal('key.missing', 'Send a key: Authorization: Bearer surety_…; surety keys create makes one');
    if (timingSafeEqual(hashOf(token), this.#localHash)) return local(headers['surety-as']);
    const actor = await this.#ring.actor(token);
    if (!actor)
      throw new Refusal('key.unknown', 'This key is unknown, expired or revoked; surety keys create makes a new one');
    return actor;
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
