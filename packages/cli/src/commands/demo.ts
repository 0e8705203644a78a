/** `surety demo`: the server with a sample support desk at work, until a signal ends it. */
import { type Command, type ExitCode, text, type Values } from '../command.ts';
import { openSampleDesk } from '../demo/sample-desk.ts';
import { atTheDoor } from '../server/door.ts';
import { given, wholeNumber } from '../server/options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { FAREWELL_MS, untilSignal } from './start.ts';

const SEED = 2;
const VISITS = 340;

export const demo: Command = {
  options: {
    data: { type: 'string', value: 'DIR', says: 'folder of the data (default ./surety-data, or SURETY_DATA)' },
    port: { type: 'string', value: 'N', says: 'port to listen on (default 7400; 0: any that is free)' },
    seed: { type: 'string', value: 'N', says: `the same seed gives the same history (default ${SEED})` },
    speed: { type: 'string', value: 'N', says: 'how many times faster the traffic goes than people do (default 1)' },
    visits: { type: 'string', value: 'N', says: `conversations of the history (default ${VISITS})` },
  },
  arguments: [0, 0],
  run: runDemo,
};

async function runDemo(_args: readonly string[], values: Values, terminal: Terminal): Promise<ExitCode> {
  return atTheDoor<ExitCode>(async (server) => {
    const port = wholeNumber(values, 'port', 0, 65_535);
    const config = server.readConfig(process.env, {
      ...given({ data: text(values, 'data') }),
      ...(port === undefined ? {} : { port }),
      ...(process.env['SURETY_LOG_LEVEL'] === undefined ? { logLevel: 'warn' as const } : {}),
    });
    const stopped = untilSignal();
    let isWriting = false;
    const desk = await openSampleDesk(server, {
      config,
      seed: wholeNumber(values, 'seed', 0, 1_000_000_000) ?? SEED,
      visits: wholeNumber(values, 'visits', 1, 100_000) ?? VISITS,
      speed: wholeNumber(values, 'speed', 1, 1_000) ?? 1,
      stopped,
      onVisit(n, of) {
        if (!isWriting) terminal.note('Writing five weeks of sample history, once …');
        isWriting = true;
        terminal.progress(`${n} of ${of} conversations`);
      },
      // One conversation that fails stops no other.
      onTrouble: (sentence) => terminal.note(`surety: a sample conversation failed: ${sentence}`),
      onFatal(exitCode, sentence) {
        terminal.note(`surety: ${sentence}`);
        setTimeout(() => process.exit(exitCode), FAREWELL_MS);
      },
    });
    terminal.progressDone();
    if (!desk) return 0;
    if (terminal.json)
      terminal.document({ listening_on: desk.address, ...(desk.link === undefined ? {} : { sign_in: desk.link }) });
    terminal.draw('A sample support desk is at work: made-up customers, two scripted agents (aria, bolt).');
    terminal.draw(`listening on ${desk.address}`);
    if (desk.link !== undefined) terminal.draw(`sign in once, within a day: ${desk.link}`);
    await stopped;
    await desk.close();
    return 0;
  });
}
