/** `surety keys`: keys of the API, made, listed and revoked. A key is printed once and kept nowhere. */
import { isRole, ROLES } from '@surety/core/terms';
import { AskError, type Command, type ExitCode, text } from '../command.ts';
import { withDesk } from '../server/desk.ts';
import { ACTOR, DATA } from '../server/options.ts';

export const keysCreate: Command = {
  options: {
    role: { type: 'string', value: 'ROLE', says: `what it may do: ${ROLES.join(', ')}` },
    name: { type: 'string', value: 'NAME', says: 'whom it acts as: the agent, the person, the connector' },
    expires: { type: 'string', value: 'ISO', says: 'when it ends, such as 2030-05-15T15:00:00Z (default: never)' },
    'may-vouch': { type: 'boolean', says: 'an agent’s key may send facts of its own' },
    ...DATA,
    ...ACTOR,
  },
  arguments: [0, 0],
  async run(_args, values, terminal): Promise<ExitCode> {
    const [role, name, expires] = [text(values, 'role'), text(values, 'name'), text(values, 'expires')];
    if (role === undefined || name === undefined) throw new AskError('keys create needs --role ROLE and --name NAME');
    if (!isRole(role)) throw new AskError(`there is no role ${role}; there are ${ROLES.join(', ')}`);
    const body = {
      role,
      name,
      ...(values['may-vouch'] === true ? { scopes: ['facts' as const] } : {}),
      ...(expires === undefined ? {} : { expires }),
    };
    const { key, id } = await withDesk(values, ({ client }) => client.key.create(body), { creates: true });
    if (terminal.json) terminal.document({ key, id, role, name });
    terminal.draw(key);
    terminal.note(`This key of ${name} (${role}) is shown once; surety keys revoke ${id} ends it.`);
    return 0;
  },
};

export const keysList: Command = {
  options: { ...DATA, ...ACTOR },
  arguments: [0, 0],
  async run(_args, values, terminal): Promise<ExitCode> {
    const { keys } = await withDesk(values, ({ client }) => client.key.list());
    if (terminal.json) terminal.document({ keys });
    if (keys.length === 0) terminal.print('There is no key yet; surety keys create makes one.');
    for (const { id, role, name, created, expires, revoked } of keys) {
      const until = revoked !== null ? `revoked ${revoked}` : expires !== null ? `until ${expires}` : '';
      terminal.draw(`${id}  ${role.padEnd(16)}  ${name}  made ${created}  ${until}`.trimEnd());
    }
    return 0;
  },
};

export const keysRevoke: Command = {
  options: { ...DATA, ...ACTOR },
  arguments: [1, 1],
  async run([id = ''], values, terminal): Promise<ExitCode> {
    const key = await withDesk(values, ({ client }) => client.key.revoke({ id }, {}));
    if (terminal.json) terminal.document(key);
    terminal.print(`The key ${id} of ${key.name} (${key.role}) is revoked.`);
    return 0;
  },
};
