/** `surety agent`: agents registered, their changes declared, a trust state set by hand, and where they stand. */
import { formatMoney, TRUST_STATES } from '@surety/core/terms';
import type { AgentTrust } from '@surety/core/wire';
import { AskError, type Command, type ExitCode, type Option, text, texts, type Values } from '../command.ts';
import { withDesk } from '../server/desk.ts';
import { ACTOR, DATA } from '../server/options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { scoreLines } from './lane-scores.ts';

const MADE_OF: Readonly<Record<string, Option>> = {
  model: { type: 'string', value: 'NAME', says: 'the model it runs on' },
  'prompt-sha256': { type: 'string', value: 'HEX', says: 'digest of its prompt' },
  'tools-sha256': { type: 'string', value: 'HEX', says: 'digest of its tools' },
  subprocessor: { type: 'string', value: 'NAME', multiple: true, says: 'who else works on what it is given' },
};

function madeOf(values: Values) {
  const subprocessors = [...texts(values, 'subprocessor')];
  const [model, prompt, tools] = ['model', 'prompt-sha256', 'tools-sha256'].map((name) => text(values, name));
  return {
    ...(model === undefined ? {} : { model }),
    ...(prompt === undefined ? {} : { prompt_sha256: prompt }),
    ...(tools === undefined ? {} : { tools_sha256: tools }),
    ...(subprocessors.length === 0 ? {} : { subprocessors }),
  };
}

export const agentAdd: Command = {
  options: {
    party: { type: 'string', value: 'P', says: 'whose agent it is (default operator)' },
    purpose: { type: 'string', says: 'what it is for' },
    ...MADE_OF,
    ...DATA,
    ...ACTOR,
  },
  arguments: [1, 1],
  async run([name = ''], values, terminal): Promise<ExitCode> {
    const [party, purpose] = [text(values, 'party'), text(values, 'purpose')];
    const body = {
      name,
      ...(party === undefined ? {} : { party }),
      ...(purpose === undefined ? {} : { purpose }),
      ...madeOf(values),
    };
    const { receipt } = await withDesk(values, ({ client }) => client.agent.register(body), { creates: true });
    if (terminal.json) terminal.document({ agent: name, receipt });
    terminal.print(`${name} is registered (entry ${receipt.seq}). It may act once a pact for it is in force.`);
    return 0;
  },
};

export const agentVersion: Command = {
  options: {
    class: { type: 'string', value: 'CLASS', says: 'minor or major (default major)' },
    ...MADE_OF,
    ...DATA,
    ...ACTOR,
  },
  arguments: [1, 1],
  async run([name = ''], values, terminal): Promise<ExitCode> {
    const kind = text(values, 'class') ?? 'major';
    if (kind !== 'minor' && kind !== 'major') throw new AskError(`--class is minor or major, not ${kind}`);
    const body = { class: kind, ...madeOf(values) } as const;
    const trust = await withDesk(values, async ({ client }) => {
      await client.agent.change({ name }, body);
      return client.agent.trust({ name });
    });
    if (terminal.json) terminal.document(trust);
    terminal.print(`${name} is at version ${trust.version} (${kind} change).`);
    return 0;
  },
};

export const agentSetState: Command = {
  options: {
    lane: { type: 'string', value: 'L', says: 'the lane' },
    state: { type: 'string', value: 'S', says: `one of ${TRUST_STATES.join(', ')}` },
    reason: { type: 'string', says: 'why; it goes on the record' },
    ...DATA,
    ...ACTOR,
  },
  arguments: [1, 1],
  async run([name = ''], values, terminal): Promise<ExitCode> {
    const [lane, written, reason] = [text(values, 'lane'), text(values, 'state'), text(values, 'reason')];
    if (lane === undefined || written === undefined)
      throw new AskError('agent set-state needs --lane LANE and --state STATE');
    const state = TRUST_STATES.find((one) => one === written);
    if (!state) throw new AskError(`--state is one of ${TRUST_STATES.join(', ')}, not ${written}`);
    const body = { lane, state, ...(reason === undefined ? {} : { reason }) };
    const answer = await withDesk(values, ({ client }) => client.agent.state({ name }, body));
    if (terminal.json) terminal.document({ agent: name, lane, state, ...answer });
    terminal.print(`${name} is ${state} in ${lane} (entry ${answer.receipt.seq}).`);
    return 0;
  },
};

export const agentShow: Command = {
  options: { ...DATA, ...ACTOR },
  arguments: [1, 1],
  async run([name = ''], values, terminal): Promise<ExitCode> {
    const trust = await withDesk(values, ({ client }) => client.agent.trust({ name }));
    if (terminal.json) terminal.document(trust);
    show(trust, terminal);
    return 0;
  },
};

export const agentList: Command = {
  options: { ...DATA, ...ACTOR },
  arguments: [0, 0],
  async run(_args, values, terminal): Promise<ExitCode> {
    const { agents } = await withDesk(values, ({ client }) => client.agent.list());
    if (terminal.json) terminal.document({ agents });
    if (agents.length === 0) terminal.print('No agent is registered yet; surety agent add NAME registers one.');
    for (const agent of agents) show(agent, terminal);
    return 0;
  },
};

function show({ agent, party, version, model, stopped, lanes }: AgentTrust, terminal: Terminal): void {
  const facts = [`of ${party}`, `version ${version}`, ...(model === null ? [] : [model])];
  terminal.print(`${terminal.bold(agent)} (${facts.join(', ')})${stopped ? terminal.red(', stopped') : ''}`);
  if (lanes.length === 0) terminal.print('  no pact in force binds it, so it may do nothing but hand over');
  for (const lane of lanes) showLane(lane, terminal);
}

type Lane = AgentTrust['lanes'][number];

/** The sentence first, then what it needs and how it came here; `--json` has all of it. */
function showLane(trust: Lane, terminal: Terminal): void {
  const { lane, effective_state, stopped, by_hand, mode, owner, exposure, open_holds } = trust;
  const loss =
    exposure.minor === null
      ? 'no limit on its loss'
      : exposure.minor === 0
        ? 'no money unreviewed'
        : `at most ${formatMoney(exposure.minor, exposure.currency)} a week unreviewed`;
  const holds = `${open_holds} open ${open_holds === 1 ? 'hold' : 'holds'}`;
  const state = `${effective_state}${by_hand ? ' (set by hand)' : ''}${stopped ? terminal.red(', stopped') : ''}`;
  terminal.print(`  ${lane}: ${state}, ${mode}, owner ${owner}, ${loss}, ${holds}`);
  terminal.print(`    ${trust.may} ${trust.sentence}`);
  const told = trust.needs.filter((need) => !trust.sentence.includes(need));
  if (trust.next_state !== null && told.length > 0) terminal.print(`    For ${trust.next_state}: ${told.join(' ')}`);
  for (const line of scoreLines(trust)) terminal.print(`    ${line}`);
  for (const { at, sentence } of trust.history.slice(0, MOVES_SHOWN))
    terminal.print(`    ${at.slice(0, 16).replace('T', ' ')}  ${sentence}`);
}

const MOVES_SHOWN = 3;
