/** `surety ledger load`, `ids` and `continue`: they open the store themselves, and so never beside a server. */
import { openSync, writeSync } from 'node:fs';
import { AskError, type Command, type ExitCode, text, type Values } from '../command.ts';
import { atTheDoor, type Server } from '../server/door.ts';
import { DATA, given, wholeNumber } from '../server/options.ts';

const configOf = (server: Server, values: Values) =>
  server.readConfig(process.env, { ...given(values), logLevel: 'silent' });

export const ledgerIds: Command = {
  options: DATA,
  arguments: [0, 0],
  async run(_args, values, terminal): Promise<ExitCode> {
    const ids: string[] = [];
    let pending: string[] = [];
    const flush = () => {
      if (pending.length > 0) terminal.draw(pending.join('\n'));
      pending = [];
    };
    await atTheDoor((server) =>
      server.printIds(configOf(server, values), (id) => {
        if (terminal.json) ids.push(id);
        else if (pending.push(id) === 1_000) flush();
      }),
    ).catch((error: unknown) => {
      // The answer is no: what lies there is not the ledger that was signed.
      if (error instanceof AskError && error.exitCode !== 2) throw new AskError(error.message, 1);
      throw error;
    });
    flush();
    if (terminal.json) terminal.document({ ids });
    return 0;
  },
};

export const ledgerLoad: Command = {
  options: {
    callers: { type: 'string', value: 'N', says: 'how many propose at once' },
    acked: { type: 'string', value: 'FILE', says: 'where ids are appended, one write each' },
    ...DATA,
  },
  arguments: [0, 0],
  async run(_args, values, terminal): Promise<ExitCode> {
    const [callers, path] = [wholeNumber(values, 'callers', 1, 4_096), text(values, 'acked')];
    if (callers === undefined || path === undefined)
      throw new AskError('ledger load needs --callers N and --acked FILE');
    const acked = openSync(path, 'a');
    await atTheDoor((server) =>
      server.loadLedger(configOf(server, values), {
        callers,
        acked: (id) => writeSync(acked, `${id}\n`),
        onFatal(exitCode, sentence) {
          terminal.note(`surety: ${sentence}`);
          process.exit(exitCode);
        },
      }),
    );
    return 0;
  },
};

export const ledgerContinue: Command = {
  options: {
    origin: { type: 'string', value: 'NAME', says: 'name of the new ledger, such as ledger.example.com/support-2' },
    reason: { type: 'string', says: 'why the old one ends' },
    ...DATA,
  },
  arguments: [0, 0],
  async run(_args, values, terminal): Promise<ExitCode> {
    const [origin, reason] = [text(values, 'origin'), text(values, 'reason')];
    if (origin === undefined || reason === undefined || reason === '')
      throw new AskError('ledger continue needs --origin NAME and --reason TEXT');
    const done = await atTheDoor((server) =>
      server.continueLedger(configOf(server, values), { origin, reason, now: Date.now() }),
    );
    if (terminal.json) terminal.document(done);
    terminal.print(
      `${origin} begins; its first entry names ${done.continues.origin} at ${done.continues.size} entries.`,
    );
    terminal.print(`The old ledger is kept, read-only, in ${done.kept}. Keys, agents and pacts begin anew.`);
    return 0;
  },
};
