/** Makes a key of the API. Only its hash is kept; the key is in this answer and nowhere again. */
import { parseTime } from '@surety/core/terms';
import type { CreateKey, KeyCreated } from '@surety/core/wire';
import type { Context } from '../context.ts';
import { InvalidError } from '../errors.ts';
import { createKey as makeKey } from './key-ring.ts';

export async function createKey({ store, clock }: Context, body: CreateKey): Promise<KeyCreated> {
  const { role, name, scopes = [], expires: written } = body;
  const expires = written === undefined ? undefined : parseTime(written);
  const now = clock();
  if (written !== undefined && (expires === undefined || expires <= now))
    throw new InvalidError(
      'request.malformed',
      `expires is a time to come, with offset, such as 2030-05-15T15:00:00Z, not ${written}`,
    );
  const key = await makeKey(store, { role, name, scopes, ...(expires === undefined ? {} : { expires }) }, now);
  return { key, id: key.split('_')[1] ?? '' };
}
