/** The entries of one recorded conversation: what was said, and for each call what the gate would have decided. */
import type { DataOf, Draft } from '@surety/core/evidence';
import type { CallStep, Conversation, Step } from '@surety/core/terms';
import { type DecidedCall, RECORDING, type World } from '@surety/core/world';
import { recordedReasons } from '../action/recorded-reasons.ts';
import type { Moment } from '../operation.ts';
import type { Subject } from '../personal/subjects.ts';
import { plainText } from '../writing/plain.ts';

export interface Recorded {
  readonly id: string;
  readonly agent: string;
  readonly conversation: Conversation;
  readonly calls: readonly DecidedCall[];
  readonly customer: Subject | undefined;
  readonly subject: Subject;
  readonly name: string;
  readonly actionId: (call: string) => string;
  readonly callName: (call: string) => string;
  readonly currency: string;
  readonly proposed: DataOf<'pact.proposed'>;
}

/** A long talk becomes several entries: each of them can be disclosed, however its texts are written. */
const TEXTS_CHARS = 100_000;

export function recordedDrafts(world: World, recorded: Recorded, moment: Moment): Draft[] {
  const { agent, proposed, conversation, calls, id } = recorded;
  const drafts: Draft[] = [];
  const decided = new Map(calls.map((call) => [call.call, call]));
  let texts: Step[] = [];
  let chars = 0;
  const flush = () => {
    const isFirst = drafts.length === 0;
    if (texts.length === 0 && !isFirst) return;
    const at = isFirst ? id : `${id}/${drafts.length}`;
    drafts.push({ id: at, type: 'trace.observed', data: observed(recorded, texts, isFirst, moment) });
    [texts, chars] = [[], 0];
  };
  for (const step of conversation.steps) {
    if (step.kind !== 'call') {
      if (chars + step.text.length > TEXTS_CHARS) flush();
      chars += step.text.length;
      texts.push(step);
      continue;
    }
    flush();
    const call = decided.get(step);
    if (call) drafts.push(...callDrafts(recorded, call, moment));
  }
  flush();
  if (!world.agents.has(agent))
    drafts.push({
      id: `agent/${agent}`,
      type: 'agent.registered',
      data: { agent, party: RECORDING, purpose: 'recorded conversations' },
    });
  if (!world.pacts.byDigest.has(proposed.digest))
    drafts.push({ id: `pact/${proposed.digest.slice(7)}`, type: 'pact.proposed', data: proposed });
  return drafts;
}

const within = ({ agent, name, customer }: Recorded) => ({
  agent,
  conversation: name,
  ...(customer ? { customer: customer.name } : {}),
});

function observed(
  recorded: Recorded,
  steps: readonly Step[],
  isFirst: boolean,
  moment: Moment,
): DataOf<'trace.observed'> {
  const { conversation, subject } = recorded;
  const names = {
    conversation_id: conversation.id,
    ...(conversation.customer_id === undefined ? {} : { customer_id: conversation.customer_id }),
  };
  return {
    ...within(recorded),
    steps: steps.length,
    ...(isFirst ? { named: moment.commit(subject, 'names', names) } : {}),
    ...(steps.length > 0 ? { content: moment.commit(subject, 'steps', plainText(steps)) } : {}),
  };
}

function callDrafts(recorded: Recorded, { call, evaluation, succeeded, at }: DecidedCall, moment: Moment): Draft[] {
  const { agent, subject, currency, proposed } = recorded;
  const id = recorded.actionId(call.call_id);
  const { decision, lane, state, stratum, reasons, money } = evaluation;
  const stream = lane === null ? {} : { stream: `${agent}/${lane}` };
  const tool = call.tool === '' ? 'unnamed' : call.tool.slice(0, 128);
  const drafts: Draft[] = [
    {
      id,
      type: 'action.proposed',
      data: {
        ...within(recorded),
        call: recorded.callName(call.call_id),
        tool,
        args: moment.commit(subject, 'args', plainText(evaluation.args)),
        ...(call.calls_in_turn === undefined ? {} : { calls_in_turn: call.calls_in_turn }),
        ...(call.text_in_turn === undefined ? {} : { text_in_turn: call.text_in_turn }),
      },
    },
    {
      id: `${id}/decided`,
      type: 'action.decided',
      ...stream,
      data: {
        action: id,
        ...within(recorded),
        tool,
        lane,
        state,
        ...(stratum === undefined ? {} : { stratum }),
        decision,
        // A recording goes on as it did: nothing of it was stopped.
        enforced: decision === 'allow',
        reasons: recordedReasons(reasons),
        pact: proposed.digest,
        as_of: at ?? null,
        ...(money === undefined ? {} : { money: { currency, minor: money } }),
        imported: true,
      },
    },
  ];
  if (succeeded === undefined) return drafts;
  const data = { action: id, ...within(recorded), result: moment.commit(subject, 'step', stepText(call, recorded)) };
  if (succeeded)
    drafts.push({
      id: `${id}/report`,
      type: 'action.executed',
      ...stream,
      data: { ...data, permitted: decision === 'allow' },
    });
  else drafts.push({ id: `${id}/report`, type: 'action.failed', ...stream, data: { ...data, why: 'failed' } });
  return drafts;
}

const stepText = (call: CallStep, { callName }: Recorded): string =>
  plainText({ ...call, call_id: callName(call.call_id) });
