/** Judges a recorded decision again, from what was recorded before it: the pact at its digest, the trace, what sources answered. */
import type { Placed } from '@surety/core/evidence';
import { ConversationMemory, type Inspection, inspect, type Pact, type Situation } from '@surety/core/pact';
import { isJsonObject, type Json, type JsonObject, type Step } from '@surety/core/terms';
import { asObject, parseArgs } from '../action/answer.ts';
import { givenFrom } from '../action/gather.ts';
import { recordedReasons } from '../action/recorded-reasons.ts';
import type { ActionRecord } from '../action/records.ts';
import type { Context } from '../context.ts';
import type { ConversationNames, History } from '../conversation/history.ts';
import type { TraceEntry } from '../kept/memory.ts';
import { isTrace, stepsOf } from '../kept/remember.ts';
import type { Opened } from '../operation.ts';

/** What a decision disclosed beside its reasons. */
export interface Gathered {
  readonly sources: ReadonlyMap<string, Json>;
  readonly vouched: { readonly by: string | null; readonly facts: JsonObject };
  /** What of each limit was used before the action. */
  readonly used: ReadonlyMap<string, number>;
}

/** A step of the trace and the entry that told of it. */
export interface Seen {
  readonly step: Step;
  readonly seq: number;
}

export interface JudgedAgain {
  /** Absent where it cannot be judged again. */
  readonly inspection: Inspection | undefined;
  readonly agrees: boolean | null;
  readonly sentence: string;
  readonly seen: readonly Seen[];
}

export function gatheredFrom({ data }: Placed<'action.decided'>, opened: Opened): Gathered {
  const text = opened(data.detail);
  const detail = asObject(typeof text === 'string' ? parseArgs(text) : undefined) ?? {};
  const { sources, vouched, used } = detail;
  const { by, facts } = isJsonObject(vouched) ? vouched : {};
  return {
    sources: new Map(isJsonObject(sources) ? Object.entries(sources) : []),
    vouched: { by: typeof by === 'string' ? by : null, facts: isJsonObject(facts) ? facts : {} },
    used: new Map(isJsonObject(used) ? (Object.entries(used) as [string, number][]) : []),
  };
}

export interface Recorded {
  readonly record: ActionRecord;
  readonly pact: Pact | undefined;
  readonly gathered: Gathered;
  readonly names: ConversationNames;
  /** The conversation before the action. */
  readonly before: History;
  /** The step that was reported of the action itself. */
  readonly own: Step | undefined;
}

export function judgeAgain(context: Context, recorded: Recorded, opened: Opened): JudgedAgain {
  const seen = seenBefore(recorded);
  const { pact } = recorded;
  const against = seen === undefined ? 'a part of the conversation was erased' : whyNot(recorded, opened);
  if (against !== undefined || !pact || !seen)
    return {
      inspection: undefined,
      agrees: null,
      sentence: `It cannot be judged again: ${against}.`,
      seen: seen ?? [],
    };
  const inspection = inspect(pact, situationOf(context, recorded, pact, seen));
  const { data } = recorded.record.decided;
  if (data.approval !== undefined)
    return {
      inspection,
      agrees: null,
      sentence: 'A person had approved exactly these arguments; the rules are shown as they stood without that.',
      seen,
    };
  const agrees = isSame(data, inspection);
  const { decision } = inspection.evaluation;
  const sentence = agrees
    ? 'Judged again from what was recorded, it comes out the same.'
    : `Judged again, it came out differently (${decision}); what was recorded counts.`;
  return { inspection, agrees, sentence, seen };
}

function whyNot({ record, pact, before, names }: Recorded, opened: Opened): string | undefined {
  const { decided, proposed, argsText } = record;
  if (!pact) return decided.data.pact === null ? 'no pact bound the agent' : 'its pact is not on the record';
  if (argsText === undefined) return 'its arguments were erased';
  if (decided.data.detail && opened(decided.data.detail) === undefined) return 'what was gathered for it was erased';
  if (proposed.data.customer !== undefined && names.customer === null) return 'the customer’s name was erased';
  return before.cut ? 'the conversation before it is too long' : undefined;
}

/** The trace as it stood; undefined where a part of it was erased. */
function seenBefore({ before, record, own }: Recorded): readonly Seen[] | undefined {
  const seen: Seen[] = [];
  for (const entry of before.entries) {
    if (!isTrace(entry) || ('why' in entry.data && entry.data.why === 'unreported')) continue;
    const trace = entry as TraceEntry;
    const commitment = trace.type === 'trace.observed' ? trace.data.content : trace.data.result;
    if (trace.type === 'trace.observed' && trace.data.steps === 0) continue;
    const steps = stepsOf(trace, before.opened(commitment));
    if (!steps) return undefined;
    for (const step of steps) seen.push({ step, seq: trace.seq });
  }
  return record.decided.data.imported ? withoutTurn(seen, own) : seen;
}

/** A recording's calls of one turn are decided before the result of any of them is known. */
function withoutTurn(seen: readonly Seen[], own: Step | undefined): readonly Seen[] {
  if (own?.kind !== 'call' || own.turn === undefined) return seen;
  const turn = own.turn;
  const first = seen.findLastIndex(({ step }) => step.kind !== 'call' || step.turn !== turn);
  return seen.slice(0, first + 1);
}

function situationOf(
  { offset }: Context,
  { record, gathered, names, before }: Recorded,
  pact: Pact,
  seen: readonly Seen[],
): Situation {
  const { data, at } = record.decided;
  const { tool, lane, calls_in_turn, text_in_turn, confidence, channel } = record.proposed.data;
  const imported = data.imported ?? false;
  const now = imported ? (data.as_of ?? undefined) : at;
  const customer = record.proposed.data.customer === undefined ? undefined : (names.customer ?? undefined);
  const conversation = { id: names.conversation_id ?? data.conversation, customer, channel };
  const memory = new ConversationMemory(pact, conversation, offset);
  for (const { step } of seen) memory.observe(step, imported ? (step.at ?? now) : step.at);
  const known = before.entries.flatMap((entry) =>
    'customer' in entry.data && entry.data.customer !== undefined ? [entry.data.customer] : [],
  );
  const has = (id: string) => data.reasons.some((reason) => reason.id === id);
  return {
    proposal: { tool, args: asObject(parseArgs(record.argsText)), lane, calls_in_turn, text_in_turn, confidence },
    agent: data.agent,
    conversation,
    countedAs: { conversation: data.conversation, customer: known[0] ?? data.customer },
    memory,
    now,
    offset,
    state: data.state,
    given: givenFrom(pact, gathered.sources, gathered.vouched.facts),
    judges: {},
    used: ({ id }) => gathered.used.get(id) ?? 0,
    stopped: has('stopped'),
    sampled: has('sample'),
    conflicts: has('trace_conflict'),
    anyChannel: imported,
    undatedIsFresh: imported,
  };
}

/** Limits of which no use was recorded are taken as recorded. */
function isSame(data: Placed<'action.decided'>['data'], { evaluation }: Inspection): boolean {
  const named = ({ id, why, decision }: { id: string; why: string; decision: string }) => `${id} ${why} ${decision}`;
  const wanted = data.reasons.filter(({ why }) => why !== 'limit').map(named);
  const found = recordedReasons(evaluation.reasons)
    .filter(({ why }) => why !== 'limit')
    .map(named);
  if (wanted.sort().join('\n') !== found.sort().join('\n')) return false;
  const isLimited = data.reasons.some(({ why }) => why === 'limit');
  return isLimited || data.imported || (data.decision === evaluation.decision && data.enforced === evaluation.enforced);
}
