/** `surety stop` and `surety resume`: an agent, in a lane or everywhere, at once. */
import { AskError, type Command, type ExitCode, text } from '../command.ts';
import { withDesk } from '../server/desk.ts';
import { ACTOR, DATA } from '../server/options.ts';

const LANE = { lane: { type: 'string', value: 'L', says: 'in this lane only (default: everywhere)' } } as const;

export const stop: Command = {
  options: { ...LANE, reason: { type: 'string', says: 'why; it goes on the record' }, ...DATA, ...ACTOR },
  arguments: [1, 1],
  async run([name = ''], values, terminal): Promise<ExitCode> {
    const [lane, reason] = [text(values, 'lane'), text(values, 'reason')];
    const body = { ...(lane === undefined ? {} : { lane }), ...(reason === undefined ? {} : { reason }) };
    const answer = await withDesk(values, ({ client }) => client.agent.stop({ name }, body));
    if (terminal.json) terminal.document({ agent: name, lane: lane ?? null, ...answer });
    const given = answer.handed_over === 1 ? '1 conversation was' : `${answer.handed_over} conversations were`;
    terminal.print(`${name} is stopped${lane === undefined ? '' : ` in ${lane}`}; ${given} handed over to people.`);
    return 0;
  },
};

export const resume: Command = {
  options: {
    ...LANE,
    reason: { type: 'string', says: 'why it may act again; it goes on the record' },
    ...DATA,
    ...ACTOR,
  },
  arguments: [1, 1],
  async run([name = ''], values, terminal): Promise<ExitCode> {
    const [lane, reason] = [text(values, 'lane'), text(values, 'reason')];
    if (reason === undefined || reason === '') throw new AskError('resume needs the reason: --reason TEXT');
    const body = { ...(lane === undefined ? {} : { lane }), reason };
    const answer = await withDesk(values, ({ client }) => client.agent.resume({ name }, body));
    if (terminal.json) terminal.document({ agent: name, lane: lane ?? null, ...answer });
    terminal.print(`${name} is resumed${lane === undefined ? '' : ` in ${lane}`}.`);
    return 0;
  },
};
