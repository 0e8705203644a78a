/** `surety ledger export`: the log as a C2SP tlog-tiles directory, checked before it is written. */
import { AskError, type Command, type ExitCode, text } from '../command.ts';
import { withDesk } from '../server/desk.ts';
import { atTheDoor } from '../server/door.ts';
import { ACTOR, DATA } from '../server/options.ts';
import { remoteLedger } from '../server/remote-ledger.ts';

export const ledgerExport: Command = {
  options: {
    out: { type: 'string', value: 'DIR', says: 'a folder that is not there yet, or an empty one' },
    ...DATA,
    ...ACTOR,
  },
  arguments: [0, 0],
  async run(_args, values, terminal): Promise<ExitCode> {
    const out = text(values, 'out');
    if (out === undefined) throw new AskError('ledger export needs the folder to write: --out DIR');
    const { size, origin } = await withDesk(values, async (desk) => {
      const { source, keys } = await remoteLedger(desk);
      const exported = await atTheDoor((server) => server.exportLedger(source, keys, out));
      return { ...exported, origin: keys.log.key.name };
    });
    if (terminal.json) terminal.document({ out, origin, size });
    terminal.print(`${size} entries of ${origin} are in ${out}; its log.vkey verifies its checkpoint.`);
    return 0;
  },
};
