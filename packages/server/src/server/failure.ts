/** What ended or forbade the work of a process, as its exit code and one sentence for whoever runs it. */
import { ConfigError } from '../config.ts';
import { LogError, type LogErrorCode } from '../log/log-error.ts';
import { StoreError, type StoreErrorCode } from '../store/port.ts';

/** 2: it could not be asked · 70: nothing durable can be promised · 71: the log was forked or rolled back. */
export interface Failure {
  readonly exitCode: 2 | 70 | 71;
  readonly sentence: string;
  /** Another process owns the folder: a server, or a command for as long as it takes. */
  readonly isTaken?: true;
}

const EXITS: Readonly<Partial<Record<StoreErrorCode | LogErrorCode, 70 | 71>>> = {
  durability: 70,
  damaged: 70,
  bad_checkpoint: 70,
  head_wrong: 70,
  rows_missing: 70,
  rows_beyond: 70,
  tiles_wrong: 70,
  tampered: 70,
  anchor_damaged: 70,
  rolled_back: 71,
  forked: 71,
};

/** `undefined`: a defect of ours, or of the machine in a way that nobody foresaw. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof ConfigError) return { exitCode: 2, sentence: error.message };
  if (error instanceof StoreError && error.code === 'locked')
    return { exitCode: 2, sentence: error.message, isTaken: true };
  if (error instanceof StoreError || error instanceof LogError)
    return { exitCode: EXITS[error.code] ?? 2, sentence: error.message };
  const { code, syscall, path, address, port } = (error ?? {}) as NodeJS.ErrnoException & {
    address?: string;
    port?: number;
  };
  if (syscall === 'mkdir' || (syscall === 'stat' && code === 'ENOTDIR')) {
    const isInTheWay = code === 'EEXIST' || code === 'ENOTDIR';
    const why = isInTheWay
      ? `${path} cannot be made, since a file stands in its way`
      : `the folder ${path} cannot be made (${code})`;
    return { exitCode: 2, sentence: `${why}; name another one with --data` };
  }
  if (syscall !== 'listen' && syscall !== 'getaddrinfo') return undefined;
  const where = port === undefined ? (address ?? 'the given host') : `${address}:${port}`;
  if (code === 'EADDRINUSE')
    return { exitCode: 2, sentence: `${where} is in use; name another port with --port, or 0 for any that is free` };
  if (code === 'EACCES')
    return { exitCode: 2, sentence: `${where} may not be listened on by this user; name a port from 1024` };
  return { exitCode: 2, sentence: `${where} is not an address of this machine (${code}); name one with --host` };
}
