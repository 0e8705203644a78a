/** A desk behind real HTTP in a folder of its own, for tests. Its clock stands still until it is moved. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KINDS, type Placed } from '@surety/core/evidence';
import { dueAt } from '@surety/core/world';
import { type Config, readConfig } from '../config.ts';
import { makeApp } from '../http/app.ts';
import { Doorkeeper } from '../http/auth.ts';
import { addPages } from '../http/pages.ts';
import { applyDue } from '../operations/hold/expire.ts';
import { createKey } from '../operations/key/key-ring.ts';
import { SYSTEM } from '../operations/operation.ts';
import { proposePact } from '../operations/pact/propose.ts';
import { publishPact } from '../operations/pact/publish.ts';
import { signPact } from '../operations/pact/sign.ts';
import { welcome } from '../operations/person/welcome.ts';
import { toPlaced } from '../operations/writing/placed.ts';
import { type Desk, type DeskOptions, openDesk } from './open-desk.ts';

/** An answer as a test reads it: any member may be there. */
export interface Loose {
  readonly [member: string]: Loose;
}
export const text = (value: Loose | undefined): string => String(value);
export const list = (value: Loose | undefined): Loose[] => Object.values(value ?? {});

export interface Answered {
  readonly status: number;
  readonly body: Loose;
}

export interface Asking {
  /** The person that the local key acts as. */
  readonly as?: string;
  /** A key of the API, in place of the local one. */
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const LOCAL = 'local_sample';
const START = 1_767_225_600_000;

export class SampleServer {
  desk: Desk;
  address = '';
  /** What the clock says. */
  now = START;
  readonly folder: string;
  readonly #config: Config;
  #stopListening: () => Promise<void> = async () => undefined;

  private constructor(folder: string, config: Config, desk: Desk) {
    this.folder = folder;
    this.#config = config;
    this.desk = desk;
  }

  /** Where a test puts a console of its own. */
  get consoleFolder(): string {
    return join(this.folder, 'console');
  }

  static async open(given: Partial<Config> = {}, options: Pick<DeskOptions, 'sample'> = {}): Promise<SampleServer> {
    const folder = mkdtempSync(join(tmpdir(), 'surety-sample-'));
    const config = readConfig({}, { dataDir: folder, port: 0, logLevel: 'silent', ...given });
    let sample: SampleServer | undefined;
    const desk = await openDesk(config, { ...optionsOf(() => sample?.now ?? START), ...options });
    sample = new SampleServer(folder, config, desk);
    await sample.#listen();
    return sample;
  }

  async #listen(): Promise<void> {
    const { ratePerMinute, logLevel } = this.#config;
    const app = await makeApp({
      context: this.desk,
      door: new Doorkeeper(this.desk, LOCAL),
      logLevel,
      ratePerMinute,
    });
    addPages(app, this.consoleFolder, this.#config.publicUrl?.startsWith('https:') ?? false);
    await app.listen({ host: '127.0.0.1', port: 0 });
    this.address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    if (this.#config.publicUrl === undefined) this.desk.entrance.address = this.address;
    this.#stopListening = () => app.close();
  }

  /** As `surety start` prints it. */
  signInLink(as?: string): Promise<string | undefined> {
    return welcome(this.desk, as);
  }

  async restart(): Promise<void> {
    await this.#stopListening();
    await this.desk.close();
    this.desk = await openDesk(
      this.#config,
      optionsOf(() => this.now),
    );
    await this.#listen();
  }

  async close(): Promise<void> {
    await this.#stopListening();
    await this.desk.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async call(method: string, path: string, body?: unknown, asking: Asking = {}): Promise<Answered> {
    return this.send(method, path, body === undefined ? undefined : JSON.stringify(body), asking);
  }

  /** As `call`, with a body that need not be JSON. */
  async send(method: string, path: string, body: string | undefined, asking: Asking = {}): Promise<Answered> {
    const { as = 'operator', key, headers = {} } = asking;
    const response = await fetch(this.address + path, {
      method,
      headers: {
        authorization: `Bearer ${key ?? LOCAL}`,
        ...(key === undefined ? { 'surety-as': as } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, body: (await response.json()) as Loose };
  }

  propose(conversation_id: string, call_id: string, tool: string, args: unknown, more = {}): Promise<Answered> {
    return this.call('POST', '/v1/actions', { agent: 'bot', conversation_id, call_id, tool, args, ...more });
  }

  key(role: Parameters<typeof createKey>[1]['role'], name: string, scopes: readonly string[] = []): Promise<string> {
    return createKey(this.desk.store, { role, name, scopes }, this.now);
  }

  /** A pact from its file to force. */
  async force(file: string): Promise<string> {
    const author = SYSTEM('system:author');
    const { pact } = await proposePact(this.desk, author, { pact: 'pact.yaml', files: { 'pact.yaml': file } });
    await signPact(this.desk, SYSTEM('system:signer'), pact.digest, {});
    await publishPact(this.desk, author, pact.digest);
    return pact.digest;
  }

  /** Lets happen what is due by now. */
  async tick(): Promise<void> {
    for (const due of dueAt(this.desk.writer.world, this.now)) await applyDue(this.desk, due);
  }

  async entries(from = 0): Promise<Placed[]> {
    const entries: Placed[] = [];
    for await (const row of this.desk.store.entries(from, 1_000_000)) entries.push(toPlaced(row));
    return entries;
  }

  /** What of the entries does not fit the schema of its kind; none should be. */
  async misfits(): Promise<string[]> {
    return (await this.entries()).flatMap(({ seq, type, data }) => {
      const read = KINDS[type].safeParse(data);
      return read.success ? [] : [`${seq} ${type}: ${read.error.message}`];
    });
  }
}

const optionsOf = (clock: () => number): DeskOptions => ({
  clock,
  passwordCost: { log2N: 10, r: 8, p: 1 },
  onFatal: (_code, sentence) => {
    throw new Error(sentence);
  },
});
