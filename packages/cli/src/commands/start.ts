/** `surety start`: the server, until a signal ends it. */
import { type Command, type ExitCode, text, type Values } from '../command.ts';
import { atTheDoor } from '../server/door.ts';
import { DATA, given, MIN_FREE, minFree, wholeNumber } from '../server/options.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Those who wait for an answer hear that nothing could be recorded before the process ends. */
export const FAREWELL_MS = 200;

export const start: Command = {
  options: {
    ...DATA,
    port: { type: 'string', value: 'N', says: 'port to listen on (default 7400; 0: any that is free)' },
    host: { type: 'string', value: 'H', says: 'address to listen on (default 127.0.0.1)' },
    ...MIN_FREE,
  },
  arguments: [0, 0],
  run: runServer,
};

async function runServer(_args: readonly string[], values: Values, terminal: Terminal): Promise<ExitCode> {
  return atTheDoor<ExitCode>(async (server) => {
    const [port, host] = [wholeNumber(values, 'port', 0, 65_535), text(values, 'host')];
    const config = server.readConfig(process.env, {
      ...given(values),
      ...minFree(values),
      ...(port === undefined ? {} : { port }),
      ...(host === undefined ? {} : { host }),
    });
    server.checkMachine(config);
    const running = await server.startServer(config, {
      onFatal(exitCode, sentence) {
        terminal.note(`surety: ${sentence}`);
        setTimeout(() => process.exit(exitCode), FAREWELL_MS);
      },
    });
    const stopped = untilSignal();
    const link = await running.signInLink();
    if (terminal.json)
      terminal.document({ listening_on: running.address, ...(link === undefined ? {} : { sign_in: link }) });
    if (link !== undefined) terminal.draw(`sign in once, within a day: ${link}`);
    terminal.draw(`listening on ${running.address}`);
    await stopped;
    await running.close();
    return 0;
  });
}

/** The first signal asks for an orderly end; who presses Ctrl-C twice does not want to wait for it. */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    let isAsked = false;
    const hear = (signal: NodeJS.Signals) => {
      if (isAsked && signal === 'SIGINT') process.exit(130);
      isAsked = true;
      resolve();
    };
    process.on('SIGINT', hear);
    process.on('SIGTERM', hear);
  });
}
