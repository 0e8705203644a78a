/** An action as its conversation shows it: what was proposed and decided, what a person answered, what came of it. */
import type { Placed } from '@surety/core/evidence';
import { formatTime, isJsonObject, type Json } from '@surety/core/terms';
import type { ActionItem, HoldView } from '@surety/core/wire';
import { argsOf, detailOf, parseArgs } from '../action/answer.ts';
import type { Says } from '../decision/sentences.ts';
import type { Opened } from '../operation.ts';
import { toActionId, toHoldId } from '../personal/names.ts';

type Reported = Placed<'action.executed'> | Placed<'action.failed'>;

/** What followed a proposal. */
export interface FollowUps {
  decided?: Placed<'action.decided'>;
  acknowledged?: Placed<'hold.acknowledged'>;
  answered?: Placed<'hold.answered'>;
  reported?: Reported;
}

/** By the id of the proposal; of several only the first counts, save a report after nobody had reported. */
export function toFollowUps(entries: readonly Placed[]): ReadonlyMap<string, FollowUps> {
  const all = new Map<string, FollowUps>();
  const of = (id: string): FollowUps => {
    const known = all.get(id) ?? {};
    all.set(id, known);
    return known;
  };
  for (const entry of entries) {
    const { type, data } = entry;
    if (type === 'action.decided') of(data.action).decided ??= entry as Placed<'action.decided'>;
    else if (type === 'hold.acknowledged') of(data.hold).acknowledged ??= entry as Placed<'hold.acknowledged'>;
    else if (type === 'hold.answered') of(data.hold).answered ??= entry as Placed<'hold.answered'>;
    else if (type === 'action.executed' || type === 'action.failed') {
      const known = of(data.action);
      if (!known.reported || isUnreported(known.reported)) known.reported = entry as Reported;
    }
  }
  return all;
}

const isUnreported = ({ data }: Reported): boolean => 'why' in data && data.why === 'unreported';

export function actionItem(
  proposed: Placed<'action.proposed'>,
  { decided, acknowledged, answered, reported }: FollowUps & { readonly decided?: Placed<'action.decided'> },
  opened: Opened,
  says: Says,
): ActionItem {
  if (!decided) throw new Error(`Surety is wrong here: ${proposed.id} was proposed and not decided`);
  const { data, at, seq } = decided;
  const { imported = false, as_of } = data;
  const known = imported ? (as_of ?? undefined) : at;
  return {
    item: 'action',
    id: toActionId(proposed.id),
    agent: data.agent,
    tool: data.tool,
    args: parseArgs(argsOf(proposed, opened)) ?? null,
    lane: data.lane,
    state: data.state,
    decision: data.decision,
    enforced: data.enforced,
    reasons: says(data, detailOf(decided, opened).reasons),
    hold: holdView(decided, { acknowledged, answered }, opened),
    approval: data.approval === undefined ? null : toActionId(data.approval),
    reported: statusOf(reported),
    result: resultOf(reported, opened),
    imported,
    receipt: { seq },
    at: known === undefined ? null : formatTime(known),
    seq: proposed.seq,
  };
}

export function holdView(
  { data }: Placed<'action.decided'>,
  { acknowledged, answered }: Pick<FollowUps, 'acknowledged' | 'answered'>,
  opened: Opened,
): HoldView | null {
  if (!data.hold) return null;
  const { owner, answer_by, expires, then } = data.hold;
  const note = opened(answered?.data.note);
  const edited = opened(answered?.data.edited_args);
  return {
    id: toHoldId(data.action),
    owner,
    answer_by: formatTime(answer_by),
    expires: expires === null ? null : formatTime(expires),
    then,
    acknowledged: acknowledged ? { by: acknowledged.by, at: formatTime(acknowledged.at) } : null,
    answer: answered?.data.answer ?? 'open',
    by: answered?.by ?? null,
    at: answered ? formatTime(answered.at) : null,
    reason: answered?.data.reason ?? null,
    note: typeof note === 'string' ? note : null,
    edited_args: (typeof edited === 'string' ? parseArgs(edited) : undefined) ?? null,
    receipt: answered ? { seq: answered.seq } : null,
  };
}

export function statusOf(reported: Reported | undefined): ActionItem['reported'] {
  if (!reported) return null;
  if (isUnreported(reported)) return 'unreported';
  return reported.type === 'action.executed' ? 'executed' : 'failed';
}

export function resultOf(reported: Reported | undefined, opened: Opened): Json {
  const text = opened(reported?.data.result);
  const step = typeof text === 'string' ? parseArgs(text) : undefined;
  if (!isJsonObject(step)) return null;
  return step['result'] ?? step['result_text'] ?? null;
}
