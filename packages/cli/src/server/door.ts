/** The server's code, loaded only by commands that need it: an auditor's install lives without it. */
import { SuretyError } from '@surety/sdk';
import { AskError } from '../command.ts';

export type Server = typeof import('@surety/server');

/** Another process owns the folder. */
export class TakenError extends AskError {}

export async function loadServer(): Promise<Server> {
  try {
    return await import('@surety/server');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new AskError('the server is not installed here; npm install @surety/server puts it beside this command');
  }
}

/** Runs work on the server's code; what it refuses becomes one sentence with its exit code. */
export async function atTheDoor<T>(run: (server: Server) => Promise<T>): Promise<T> {
  const server = await loadServer();
  try {
    return await run(server);
  } catch (error) {
    const failure = server.failureOf(error);
    if (failure?.isTaken) throw new TakenError(failure.sentence);
    throw failure ? new AskError(failure.sentence, failure.exitCode) : error;
  }
}

/** The answer is no where the server looked at it and refused; else it could not be asked. */
export function toAskError(error: unknown): unknown {
  if (!(error instanceof SuretyError)) return error;
  const isNo = error.status === 409 || error.status === 422 || error.status === 403;
  return new AskError(error.message, isNo ? 1 : 2);
}
