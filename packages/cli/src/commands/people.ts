/** `surety people`: who may sign in at the console, as what, and the one-time link that lets them in. */
import { PersonRole, type PersonView } from '@surety/core/wire';
import { AskError, type Command, type ExitCode, type Option, texts, type Values } from '../command.ts';
import { withDesk } from '../server/desk.ts';
import { ACTOR, DATA } from '../server/options.ts';
import type { Terminal } from '../terminal/terminal.ts';

type StaffRole = PersonView['roles'][number];

const ROLE: Readonly<Record<string, Option>> = {
  role: {
    type: 'string',
    value: 'ROLE',
    multiple: true,
    says: `what they may do, once for each: ${PersonRole.options.join(', ')}`,
  },
};

function rolesFrom(values: Values, command: string): StaffRole[] {
  const written = texts(values, 'role').flatMap((text) => text.split(','));
  if (written.length === 0) throw new AskError(`${command} needs --role ROLE, once for each role`);
  return written.map((word) => {
    const read = PersonRole.safeParse(word);
    if (read.success) return read.data;
    throw new AskError(`a person cannot be ${word}; there are ${PersonRole.options.join(', ')}`);
  });
}

export const peopleAdd: Command = {
  options: { ...ROLE, ...DATA, ...ACTOR },
  arguments: [1, 1],
  async run([name = ''], values, terminal): Promise<ExitCode> {
    const body = { name, roles: rolesFrom(values, 'people add') };
    const answer = await withDesk(values, ({ client }) => client.person.invite(body), { creates: true });
    return sayLink(answer, terminal);
  },
};

export const peopleLink: Command = {
  options: { ...DATA, ...ACTOR },
  arguments: [1, 1],
  async run([name = ''], values, terminal): Promise<ExitCode> {
    return sayLink(await withDesk(values, ({ client }) => client.person.link({ name }, {})), terminal);
  },
};

export const peopleRoles: Command = {
  options: { ...ROLE, ...DATA, ...ACTOR },
  arguments: [1, 1],
  async run([name = ''], values, terminal): Promise<ExitCode> {
    const body = { roles: rolesFrom(values, 'people roles') };
    const person = await withDesk(values, ({ client }) => client.person.roles({ name }, body));
    if (terminal.json) terminal.document(person);
    terminal.print(`${name} is now ${person.roles.join(', ')}.`);
    return 0;
  },
};

export const peopleList: Command = {
  options: { ...DATA, ...ACTOR },
  arguments: [0, 0],
  async run(_args, values, terminal): Promise<ExitCode> {
    const { people } = await withDesk(values, ({ client }) => client.person.list());
    if (terminal.json) terminal.document({ people });
    if (people.length === 0)
      terminal.print('Nobody may sign in yet; surety start prints a link for the first, surety people add makes one.');
    for (const { name, roles, state, last_seen } of people)
      terminal.draw(
        `${name}  ${state}  ${roles.join(', ')}  ${last_seen === null ? '' : `seen ${last_seen}`}`.trimEnd(),
      );
    return 0;
  },
};

export const peopleClose: Command = {
  options: { ...DATA, ...ACTOR },
  arguments: [1, 1],
  async run([name = ''], values, terminal): Promise<ExitCode> {
    const person = await withDesk(values, ({ client }) => client.person.close({ name }, {}));
    if (terminal.json) terminal.document(person);
    terminal.print(`${name} is closed and can no longer sign in.`);
    return 0;
  },
};

function sayLink(
  { person, link, expires_at }: { person: PersonView; link: string; expires_at: string },
  terminal: Terminal,
): ExitCode {
  if (terminal.json) terminal.document({ person, link, expires_at });
  terminal.draw(link);
  terminal.note(
    `This link lets ${person.name} (${person.roles.join(', ')}) in once, until ${expires_at}; it is shown once.`,
  );
  return 0;
}
