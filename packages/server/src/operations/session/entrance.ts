/** What signing in needs beside the store: the brake on guesses, the slow hash, and where the console is reached. */
import { Attempts } from './attempts.ts';
import { type Cost, Passwords } from './password.ts';

interface EntranceOptions {
  readonly address?: string | undefined;
  readonly cost?: Cost | undefined;
}

export class Entrance {
  readonly attempts: Attempts;
  readonly passwords: Passwords;
  /** The desk shows sample data: whoever holds its link looks around without a password. */
  readonly isSample: boolean;
  /** Without a slash at its end. Known once the server listens, unless a public address was configured. */
  address: string;

  constructor(clock: () => number, isSample: boolean, { address = '', cost }: EntranceOptions = {}) {
    this.attempts = new Attempts(clock);
    this.passwords = new Passwords(cost);
    this.isSample = isSample;
    this.address = address;
  }

  /** The token stands behind `#`: a browser sends it to no server, so it reaches no log on the way. */
  linkOf(token: string): string {
    return `${this.address}/welcome#token=${token}`;
  }
}
