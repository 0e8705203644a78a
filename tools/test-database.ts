/** An empty PostgreSQL database for a suite of tests. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    postgresDoor: string;
  }
}

/** The server's URL, or the sentence that says why these tests did not run. */
export async function findPostgres(): Promise<{ readonly url: string } | { readonly absent: string }> {
  const answer = await fetch(inject('postgresDoor'));
  const text = await answer.text();
  if (answer.ok) return { url: text };
  console.warn(`Tests on PostgreSQL did not run. ${text}`);
  return { absent: text };
}

export interface TestDatabase {
  readonly url: string;
  /** With rights of the server's owner. */
  query(text: string): Promise<Record<string, unknown>[]>;
  drop(): Promise<void>;
}

export async function makeDatabase(server: string): Promise<TestDatabase> {
  const name = `surety_test_${randomBytes(6).toString('hex')}`;
  await ask(server, `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    query: (text) => ask(url.href, text),
    async drop() {
      await ask(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function ask(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}
