/** `surety doctor`: whether the set-up holds, one line a finding, each with what to do. */
import { parseCheckpoint } from '@surety/core/ledger';
import type { SelfCheck } from '@surety/server';
import type { Command, ExitCode, Values } from '../command.ts';
import { type Desk, findServer, withDesk } from '../server/desk.ts';
import { atTheDoor } from '../server/door.ts';
import { ACTOR, DATA, folderOf, given, MIN_FREE, minFree } from '../server/options.ts';
import type { Terminal } from '../terminal/terminal.ts';

export const doctor: Command = {
  options: {
    deep: { type: 'boolean', says: 'check every entry of the ledger (no server may run)' },
    ...MIN_FREE,
    ...DATA,
    ...ACTOR,
  },
  arguments: [0, 0],
  async run(_args, values, terminal): Promise<ExitCode> {
    const isOwned = (await findServer(folderOf(values))) !== undefined;
    const checks = await atTheDoor((server) =>
      server.inspect(server.readConfig(process.env, { ...given(values), ...minFree(values) }), {
        deep: values['deep'] === true,
        isOwned,
        clock: Date.now,
      }),
    );
    const found = isOwned ? [...checks, ...(await askServer(values))] : checks;
    return answer(found, terminal);
  },
};

function answer(checks: readonly SelfCheck[], terminal: Terminal): ExitCode {
  const bad = checks.filter(({ ok }) => !ok).length;
  const warnings = checks.filter(({ isWarning }) => isWarning).length;
  if (terminal.json)
    terminal.document({
      ok: bad === 0,
      checks: checks.map(({ name, ok, isWarning, says }) => ({ name, ok, warning: isWarning, says })),
    });
  for (const { name, ok, isWarning, says } of checks) {
    const mark = !ok ? terminal.red('bad ') : isWarning ? terminal.yellow('look') : terminal.green('ok  ');
    terminal.draw(`${mark}  ${name}: ${says}`);
  }
  const remarks = warnings === 0 ? '' : `; ${warnings} ${warnings === 1 ? 'needs' : 'need'} attention`;
  terminal.print(bad === 0 ? `Every check passed${remarks}.` : `${bad} of ${checks.length} checks failed${remarks}.`);
  return bad === 0 ? 0 : 1;
}

/** What the server that owns the folder says of itself. */
const askServer = (values: Values): Promise<SelfCheck[]> =>
  withDesk(values, async (desk) => [await readiness(desk), await lastCheckpoint(desk), await apiKeys(desk)]);

async function readiness({ address }: Desk): Promise<SelfCheck> {
  const { ready, problems } = (await (await fetch(`${address}/readyz`)).json()) as {
    ready: boolean;
    problems: string[];
  };
  const says = ready
    ? `It answers at ${address}, decides and records; it checked its database when it started.`
    : `It answers at ${address} but is not ready: ${problems.join('; ')}.`;
  return { name: 'server', ok: ready, isWarning: false, says };
}

async function lastCheckpoint(desk: Desk): Promise<SelfCheck> {
  const parsed = parseCheckpoint(new TextDecoder().decode(await desk.read('/v1/ledger/checkpoint')));
  return parsed.ok
    ? {
        name: 'ledger',
        ok: true,
        isWarning: false,
        says: `Its last checkpoint covers ${parsed.value.size} entries, signed by ${parsed.value.origin}.`,
      }
    : {
        name: 'ledger',
        ok: false,
        isWarning: false,
        says: `Its last checkpoint cannot be read (${parsed.error.detail}): stop it and run surety doctor again.`,
      };
}

async function apiKeys({ client }: Desk): Promise<SelfCheck> {
  const { keys } = await client.key.list();
  const now = new Date().toISOString();
  const usable = keys.filter(({ revoked, expires }) => revoked === null && (expires === null || expires > now)).length;
  const says =
    usable > 0
      ? `${usable} of ${keys.length} keys can be used; surety keys list shows them.`
      : 'No key of the API can be used: surety keys create --role agent --name NAME makes one for an agent.';
  return { name: 'api keys', ok: true, isWarning: usable === 0, says };
}
