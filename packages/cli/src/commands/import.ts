/** `surety import`: recorded conversations into the ledger, as evidence in shadow mode. Run twice, it adds nothing. */
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { encodeUtf8 } from '@surety/core/crypto';
import type { Conversation } from '@surety/core/terms';
import { type ImportAnswer, WIRE_LIMITS } from '@surety/core/wire';
import { SuretyError } from '@surety/sdk';
import { AskError, type Command, type ExitCode, text, type Values } from '../command.ts';
import { getPact } from '../files/pact-files.ts';
import { checkFile, readConversations } from '../files/recordings.ts';
import { type Desk, withDesk } from '../server/desk.ts';
import { ACTOR, agentOf, DATA } from '../server/options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { textsOf } from './pact-propose.ts';
import { nowOf } from './rehearse-options.ts';

export const importCommand: Command = {
  options: {
    pact: { type: 'string', value: 'FILE', says: 'the pact; it is applied to every agent that was recorded' },
    agent: { type: 'string', value: 'NAME', says: 'take every conversation for this agent’s' },
    now: { type: 'string', value: 'ISO', says: 'decide as of this time, such as 2024-05-15T15:00:00-05:00' },
    ...DATA,
    ...ACTOR,
  },
  arguments: [1, 10_000],
  run: runImport,
};

type Sum = Record<'conversations' | 'known' | 'unreadable' | 'actions' | 'allow' | 'hold' | 'deny', number>;

/** A request stays well below what the server takes, whatever stands around the conversations. */
const CHUNK_BYTES = WIRE_LIMITS.bodyBytes - 65_536;

async function runImport(paths: readonly string[], values: Values, terminal: Terminal): Promise<ExitCode> {
  const path = text(values, 'pact');
  if (path === undefined) throw new AskError('import needs the pact: --pact FILE');
  for (const one of paths) checkFile(one);
  nowOf(text(values, 'now'));
  const [agent, now] = [agentOf(values), text(values, 'now')];
  const pact = getPact(path, terminal);
  const frame = {
    run: randomUUID().replaceAll('-', ''),
    pact: basename(path),
    files: textsOf(path, pact),
    ...(agent === undefined ? {} : { agent }),
    ...(now === undefined ? {} : { now }),
  };
  const taken = await withDesk(
    values,
    async ({ client }) => {
      const importing = new Importing(client, frame, terminal);
      await importing.take(paths);
      return importing;
    },
    { creates: true },
  );
  terminal.progressDone();
  return answer(taken, pact.name, terminal);
}

class Importing {
  readonly sum: Sum = { conversations: 0, known: 0, unreadable: 0, actions: 0, allow: 0, hold: 0, deny: 0 };
  readonly agents = new Set<string>();
  readonly #client: Desk['client'];
  readonly #frame: Omit<Parameters<Desk['client']['conversation']['import']>[0], 'conversations'>;
  readonly #frameBytes: number;
  readonly #terminal: Terminal;
  #waiting: Conversation[] = [];
  #bytes = 0;

  constructor(
    client: Desk['client'],
    frame: Omit<Parameters<Desk['client']['conversation']['import']>[0], 'conversations'>,
    terminal: Terminal,
  ) {
    this.#client = client;
    this.#frame = frame;
    this.#frameBytes = bytesOf(frame);
    this.#terminal = terminal;
  }

  async take(paths: readonly string[]): Promise<void> {
    const total = paths.reduce((sum, path) => sum + statSync(path).size, 0);
    let before = 0;
    for (const path of paths) {
      let bytes = 0;
      for await (const item of readConversations(path, (n) => (bytes = n))) {
        if (item.kind === 'unreadable') this.#refuse(item.says);
        else await this.#add(item.conversation);
        const share = Math.round(((before + bytes) / Math.max(total, 1)) * 100);
        this.#terminal.progress(`${this.sum.conversations} conversations, ${share} %`);
      }
      before += bytes;
    }
    await this.#send();
  }

  #refuse(says: string): void {
    this.sum.unreadable++;
    this.#terminal.note(`surety: ${says}`);
  }

  async #add(conversation: Conversation): Promise<void> {
    const bytes = bytesOf(conversation) + 1;
    const isFull = this.#waiting.length === WIRE_LIMITS.importConversations;
    if (isFull || this.#frameBytes + this.#bytes + bytes > CHUNK_BYTES) await this.#send();
    this.#waiting.push(conversation);
    this.#bytes += bytes;
  }

  async #send(): Promise<void> {
    const chunk = this.#waiting;
    this.#waiting = [];
    this.#bytes = 0;
    if (chunk.length > 0) await this.#ask(chunk);
  }

  /** What the server cannot take, such as arguments nested too deeply, is told by conversation and stops no other. */
  async #ask(chunk: readonly Conversation[]): Promise<void> {
    try {
      const conversations = chunk.map((one) => ({ ...one, steps: one.steps.map((step) => ({ ...step })) }));
      this.#count(await this.#client.conversation.import({ ...this.#frame, conversations }));
    } catch (error) {
      const isOfOne =
        error instanceof SuretyError && /^request\./.test(error.code) && error.code !== 'request.conflict';
      if (!isOfOne) throw error;
      const [first] = chunk;
      if (chunk.length === 1) return this.#refuse(`conversation ${first?.id} was not taken: ${error.message}`);
      for (const one of chunk) await this.#ask([one]);
    }
  }

  #count({ agents, ...counts }: ImportAnswer): void {
    for (const agent of agents) this.agents.add(agent);
    for (const name of ['conversations', 'known', 'actions', 'allow', 'hold', 'deny'] as const)
      this.sum[name] += counts[name];
  }
}

const bytesOf = (value: unknown): number => encodeUtf8(JSON.stringify(value).toWellFormed()).length;

function answer({ sum, agents }: Importing, pact: string, terminal: Terminal): ExitCode {
  if (terminal.json) terminal.document({ pact, ...sum, agents: [...agents] });
  if (sum.conversations === 0) {
    terminal.note('surety: no conversation could be read, so nothing was imported');
    return 2;
  }
  const { conversations, known, unreadable, actions, allow, hold, deny } = sum;
  terminal.print(
    `Conversations of ${[...agents].join(', ')} on the record: ${conversations}, of which ${known} were there before.`,
  );
  terminal.print(`Actions decided by ${pact}: ${actions}; ${allow} allow, ${hold} hold, ${deny} deny.`);
  if (unreadable > 0) terminal.print(`Parts that could not be read or taken: ${unreadable}; they are named above.`);
  return 0;
}
