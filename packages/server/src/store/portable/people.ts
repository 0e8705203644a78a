/** People, their sessions and one-time links, once for both databases. Of secrets only what proves them is kept. */
import type { Link, Person, PersonReads, PersonTx, Session } from '../port-people.ts';
import { bytes, int, isAbsent, type Sql, type SqlRow, text } from './sql.ts';

const PERSON = 'SELECT name, roles, password, created, seen, closed FROM person';
const SESSION = 'SELECT hash, person, created, seen, until, unset FROM session';

export function personReads(sql: Sql): PersonReads {
  return {
    people: async () => (await sql.all(`${PERSON} ORDER BY created, name`)).map(toPerson),
    async person(name) {
      const [row] = await sql.all(`${PERSON} WHERE name = $1`, name);
      return row && toPerson(row);
    },
    async session(hash) {
      const [row] = await sql.all(`${SESSION} WHERE hash = $1`, hash);
      return row && toSession(row);
    },
  };
}

export function personTx(sql: Sql): PersonTx {
  return {
    async putPerson({ name, roles, password, created, seen, closed }) {
      await sql.run(
        `INSERT INTO person (name, roles, password, created, seen, closed) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (name) DO UPDATE SET roles = excluded.roles, password = excluded.password,
           created = excluded.created, seen = excluded.seen, closed = excluded.closed`,
        name,
        roles.join(' '),
        password ?? null,
        created,
        seen ?? null,
        closed ?? null,
      );
    },
    async seePerson(name, seen) {
      await sql.run('UPDATE person SET seen = $1 WHERE name = $2', seen, name);
    },
    async addSession({ hash, person, created, seen, until, mustSetUp }) {
      await sql.run(
        'INSERT INTO session (hash, person, created, seen, until, unset) VALUES ($1, $2, $3, $4, $5, $6)',
        hash,
        person,
        created,
        seen,
        until,
        mustSetUp ? 1 : 0,
      );
    },
    async seeSession(hash, seen) {
      await sql.run('UPDATE session SET seen = $1 WHERE hash = $2', seen, hash);
    },
    endSession: async (hash) => (await sql.run('DELETE FROM session WHERE hash = $1', hash)) === 1,
    endSessionsOf: (person) => sql.run('DELETE FROM session WHERE person = $1', person),
    async addLink({ hash, person, until }) {
      await sql.run('INSERT INTO link (hash, person, until) VALUES ($1, $2, $3)', hash, person, until);
    },
    async takeLink(hash) {
      const [row] = await sql.all('SELECT hash, person, until FROM link WHERE hash = $1', hash);
      // Of two who take it at once, one deletes the row.
      const isTaken = row !== undefined && (await sql.run('DELETE FROM link WHERE hash = $1', hash)) === 1;
      return isTaken ? toLink(row) : undefined;
    },
    dropLinksOf: (person) => sql.run('DELETE FROM link WHERE person = $1', person),
    async dropOver(now) {
      await sql.run('DELETE FROM session WHERE until <= $1', now);
      await sql.run('DELETE FROM link WHERE until <= $1', now);
    },
  };
}

const toPerson = (row: SqlRow): Person => ({
  name: text(row, 'name'),
  roles: text(row, 'roles').split(' ').filter(Boolean),
  created: int(row, 'created'),
  ...(isAbsent(row, 'password') ? {} : { password: text(row, 'password') }),
  ...(isAbsent(row, 'seen') ? {} : { seen: int(row, 'seen') }),
  ...(isAbsent(row, 'closed') ? {} : { closed: int(row, 'closed') }),
});

const toSession = (row: SqlRow): Session => ({
  hash: bytes(row, 'hash'),
  person: text(row, 'person'),
  created: int(row, 'created'),
  seen: int(row, 'seen'),
  until: int(row, 'until'),
  mustSetUp: int(row, 'unset') === 1,
});

const toLink = (row: SqlRow): Link => ({
  hash: bytes(row, 'hash'),
  person: text(row, 'person'),
  until: int(row, 'until'),
});
