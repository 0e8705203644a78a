/** The agent's side reports what became of an action: executed or failed, with the result. */
import type { DataOf, Draft } from '@surety/core/evidence';
import { type CallStep, isJsonObject, type Json, parseTime } from '@surety/core/terms';
import type { ReportAction } from '@surety/core/wire';
import { effectOf, type World } from '@surety/core/world';
import type { Context } from '../context.ts';
import { InvalidError } from '../errors.ts';
import type { Actor, Operation } from '../operation.ts';
import { fromWireId } from '../personal/names.ts';
import type { Subject } from '../personal/subjects.ts';
import { plainText } from '../writing/plain.ts';
import { parseArgs } from './answer.ts';
import { checkAgent } from './propose.ts';
import { type ActionRecord, subjectOf } from './records.ts';

interface Reported {
  readonly record: ActionRecord;
  readonly status: 'executed' | 'failed';
  readonly result: Json | undefined;
  readonly subject: Subject | undefined;
  readonly wentOnAt: number | undefined;
}

export async function reportAction(context: Context, actor: Actor, actionId: string, body: ReportAction) {
  const id = fromWireId(actionId);
  const record = await asAnswered(context, await context.records.get(id));
  const { agent } = record.proposed.data;
  checkAgent(actor, agent);
  const subject = await subjectOf(context, record);
  const result = body.result as Json | undefined;
  return context.writer.perform(REPORT, {
    command: { record, status: body.status, result, subject, wentOnAt: timeOf(body.went_on_at) },
    actor: { ...actor, by: `agent:${agent}` },
    ids: [`${id}/report`],
    tag: context.names.tag([body.status, plainText(result)]),
    subject: subject?.name,
  });
}

/** With the arguments a person put in place of the agent's, where they did. */
async function asAnswered(context: Context, record: ActionRecord): Promise<ActionRecord> {
  const answered = context.writer.world.answered.get(record.proposed.id)?.answered;
  if (answered?.answer !== 'edited' || answered.args === null) return record;
  const edited = (await context.subjects.open(context.store, [answered.seq])).get(answered.args)?.value;
  return { ...record, argsText: typeof edited === 'string' ? edited : undefined };
}

const REPORT: Operation<Reported, { receipt: { seq: number } }> = {
  route: 'action.report',
  decide(world, { record, status, result, subject, wentOnAt }, moment): Draft[] {
    const { proposed, decided } = record;
    const { agent, conversation, customer, tool, call } = proposed.data;
    const args = parseArgs(record.argsText);
    const step: CallStep = {
      kind: 'call',
      call_id: call,
      tool,
      args: isJsonObject(args) ? args : undefined,
      ok: status === 'executed',
      ...(typeof result === 'string' ? { result_text: result } : { result: result ?? null }),
      at: moment.at,
    };
    const text = plainText(step);
    const data = {
      action: proposed.id,
      agent,
      conversation,
      ...(customer === undefined ? {} : { customer }),
      ...(subject ? { result: moment.commit(subject, 'step', text) } : {}),
      ...(wentOnAt === undefined ? {} : { went_on_at: wentOnAt }),
    };
    const lane = decided.data.lane;
    const stream = lane === null ? {} : { stream: `${agent}/${lane}` };
    const id = `${proposed.id}/report`;
    if (status === 'failed') {
      const failed: DataOf<'action.failed'> = { ...data, why: 'failed' };
      return [{ id, type: 'action.failed', ...stream, data: failed }];
    }
    const executed: DataOf<'action.executed'> = {
      ...data,
      permitted: isPermitted(world, record),
      ...lateCharges(world, record),
    };
    return [{ id, type: 'action.executed', ...stream, data: executed }];
  },
  answer: ([entry]) => ({ receipt: { seq: entry?.seq ?? -1 } }),
};

function timeOf(text: string | undefined): number | undefined {
  const time = text === undefined ? undefined : parseTime(text);
  if (text !== undefined && time === undefined)
    throw new InvalidError(
      'request.malformed',
      `went_on_at is a time with offset such as 2026-06-15T12:00:00Z, not ${text}`,
    );
  return time;
}

/** An action that ran counts, also where its reservation was given back before anybody said so. */
function lateCharges(world: World, { proposed, decided }: ActionRecord): Pick<DataOf<'action.executed'>, 'charges'> {
  const { charges } = decided.data;
  if (!charges || effectOf(decided.data) !== 'allow') return {};
  return world.limits.reservedBy(proposed.id).length > 0 ? {} : { charges };
}

/** Whether the gate or a person had let it happen. */
function isPermitted(world: World, { proposed, decided }: ActionRecord): boolean {
  if (effectOf(decided.data) === 'allow') return true;
  const answered = world.answered.get(proposed.id)?.answered;
  return answered?.args !== undefined && answered.args !== null;
}
