/** `surety pact sign` and `surety pact publish`: the way of a proposed pact into force. */
import { AskError, type Command, type ExitCode } from '../command.ts';
import { type Desk, withDesk } from '../server/desk.ts';
import { ACTOR, DATA } from '../server/options.ts';

export const pactSign: Command = {
  options: { ...DATA, ...ACTOR },
  arguments: [1, 1],
  async run([prefix = ''], values, terminal): Promise<ExitCode> {
    const answer = await withDesk(values, async ({ client }) =>
      client.pact.sign({ digest: await digestOf(client, prefix) }, {}),
    );
    if (terminal.json) terminal.document(answer);
    const { pact, version, signed_by, digest } = answer.pact;
    terminal.print(`${pact} version ${version} is signed by ${signed_by}.`);
    for (const warning of answer.warnings) terminal.print(`Warning: ${(warning as { says?: string }).says ?? ''}`);
    terminal.print(`Next: surety pact publish ${digest.slice(0, 19)}`);
    return 0;
  },
};

export const pactPublish: Command = {
  options: { ...DATA, ...ACTOR },
  arguments: [1, 1],
  async run([prefix = ''], values, terminal): Promise<ExitCode> {
    const answer = await withDesk(values, async ({ client }) =>
      client.pact.publish({ digest: await digestOf(client, prefix) }, {}),
    );
    if (terminal.json) terminal.document(answer);
    const { pact, version, agents, lanes, in_force } = answer.pact;
    if (!in_force)
      throw new AskError(
        `${pact} version ${version} was published before, and another is in force since; propose it again as a higher version`,
        1,
      );
    terminal.print(`${pact} version ${version} is in force for ${agents.join(', ')} in ${lanes.join(', ')}.`);
    return 0;
  },
};

/** The digest itself, or as much of its beginning as tells it from the others. */
async function digestOf(client: Desk['client'], prefix: string): Promise<string> {
  const wanted = prefix.startsWith('sha256:') ? prefix : `sha256:${prefix}`;
  const { pacts } = await client.pact.list();
  const [found, other] = pacts.filter(({ digest }) => digest.startsWith(wanted));
  if (!/^sha256:[0-9a-f]{1,64}$/.test(wanted) || !found)
    throw new AskError(`no pact with a digest that begins with ${prefix} was proposed; surety pact propose prints it`);
  if (other)
    throw new AskError(
      `more than one digest begins with ${prefix}: ${found.digest} and ${other.digest}; write more of it`,
    );
  return found.digest;
}
