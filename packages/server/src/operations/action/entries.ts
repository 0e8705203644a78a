/** The entries of a proposal: what was said and is new, what was proposed, what was decided. */
import { type DataOf, type Draft, isDisclosable } from '@surety/core/evidence';
import type { Evaluation } from '@surety/core/pact';
import type { Json } from '@surety/core/terms';
import type { HoldStanding, World } from '@surety/core/world';
import type { Moment } from '../operation.ts';
import { plainText } from '../writing/plain.ts';
import type { Vouched } from './gather.ts';
import { isHandOver, type PreparedProposal } from './proposal.ts';
import { mostTelling, recordedReasons } from './recorded-reasons.ts';

const within = ({ agent, ref, customer }: PreparedProposal) => ({
  agent,
  conversation: ref.name,
  ...(customer ? { customer: customer.name } : {}),
});

const CHANNEL = /^[a-z][a-z0-9_.-]{0,95}$/i;
/** A pact names channels by words; other text may be anything, and stays out of the ledger. */
const channelOf = ({ channel }: PreparedProposal['ref']) =>
  channel !== undefined && CHANNEL.test(channel) ? { channel } : {};

/** The operator's names for the conversation and its customer, where they are new. */
function naming(world: World, { ref, customer, subject }: PreparedProposal, moment: Moment) {
  const known = world.conversations.get(ref.name);
  if (known && (known.customer !== null || !customer)) return {};
  const names = { conversation_id: ref.id, ...(ref.customer === undefined ? {} : { customer_id: ref.customer }) };
  return { named: moment.commit(subject, 'names', names) };
}

export function observed(world: World, command: PreparedProposal, moment: Moment): Draft[] {
  const { fresh, id, subject, ref } = command;
  if (fresh.length === 0) return [];
  const text = plainText(fresh);
  // A customer reaches a person, whatever was said before: the hand-over is recorded without it rather than refused.
  const isLeftOut = isHandOver(command) && !isDisclosable(text);
  const data: DataOf<'trace.observed'> = {
    ...within(command),
    ...channelOf(ref),
    steps: fresh.length,
    ...(isLeftOut ? {} : { content: moment.commit(subject, 'steps', text) }),
    ...naming(world, command, moment),
  };
  return [{ id: `${id}/trace`, type: 'trace.observed', data }];
}

export function proposed(world: World, command: PreparedProposal, moment: Moment): Draft {
  const { id, call, proposal, ref, subject, argsText, fresh } = command;
  const { tool, lane, confidence, calls_in_turn, text_in_turn } = proposal;
  const data: DataOf<'action.proposed'> = {
    ...within(command),
    call,
    tool,
    args: moment.commit(subject, 'args', argsText),
    ...channelOf(ref),
    ...(lane === undefined ? {} : { lane }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(calls_in_turn === undefined ? {} : { calls_in_turn }),
    ...(text_in_turn === undefined ? {} : { text_in_turn }),
    ...(fresh.length === 0 ? naming(world, command, moment) : {}),
  };
  return { id, type: 'action.proposed', data };
}

export function decided(
  command: PreparedProposal,
  evaluation: Evaluation,
  approval: HoldStanding | undefined,
  moment: Moment,
): Draft {
  const { id, proposal, pact, subject, answers, vouched, offset } = command;
  const { decision, enforced, lane, state, stratum, reasons, charges, money, duties, routed_to } = evaluation;
  const zone = pact && offset(pact.zone, moment.at);
  const detail = detailOf(evaluation, answers, vouched);
  const data: DataOf<'action.decided'> = {
    action: id,
    ...within(command),
    tool: proposal.tool,
    lane,
    state,
    ...(stratum === undefined ? {} : { stratum }),
    decision,
    enforced,
    reasons: recordedReasons(reasons),
    pact: pact?.digest ?? null,
    ...(zone === undefined ? {} : { offset: zone }),
    ...(pact && money !== undefined ? { money: { currency: pact.currency, minor: money } } : {}),
    ...(evaluation.effect === 'allow' && charges.length > 0 ? { charges: charges.map(toCharge) } : {}),
    ...(duties.length > 0 ? { duties: [...duties] } : {}),
    ...(detail === undefined ? {} : { detail: moment.commit(subject, 'detail', detail) }),
    ...holdOf(command, evaluation, moment.at),
    ...(routed_to === undefined ? {} : { routed_to: routeOf(command, routed_to) }),
    ...(approval && evaluation.effect === 'allow' ? { approval: approval.action } : {}),
  };
  const stream = lane === null ? {} : { stream: `${command.agent}/${lane}` };
  return { id: `${id}/decided`, type: 'action.decided', ...stream, data };
}

const toCharge = ({ limit, key, amount, window }: Evaluation['charges'][number]) => ({
  limit,
  key,
  amount,
  ...(window === undefined ? {} : { window }),
});

/** What cannot be read from the entry: values, what agent and person are told, the answers of sources, what of limits was used. */
function detailOf(
  { reasons, tell_the_agent, tell_the_human, charges }: Evaluation,
  answers: ReadonlyMap<string, Json>,
  vouched: Vouched,
): string | undefined {
  const isVouched = Object.keys(vouched.facts).length > 0;
  if (reasons.length === 0 && answers.size === 0 && !isVouched && charges.length === 0) return undefined;
  const sources = Object.fromEntries(answers);
  const used = Object.fromEntries(charges.map((charge) => [charge.limit, charge.used]));
  const told = { tell_the_agent, tell_the_human, ...(charges.length > 0 ? { used } : {}) };
  const telling = mostTelling(reasons);
  const bare = telling.map((reason) => ({ ...reason, values: {} }));
  const inFull = { ...told, reasons: telling, sources, ...(isVouched ? { vouched } : {}) };
  // Much more than a person reads: the values go first, then what outside answered. What was decided, and why, stays.
  for (const detail of [inFull, { ...told, reasons: bare, sources }, { ...told, reasons: bare, sources: {} }]) {
    const text = plainText(detail);
    if (isDisclosable(text)) return text;
  }
  return undefined;
}

function holdOf(
  { pact }: PreparedProposal,
  { decision, enforced, owner }: Evaluation,
  at: number,
): Pick<DataOf<'action.decided'>, 'hold'> {
  const who = owner === undefined ? undefined : pact?.file.owners[owner];
  if (decision !== 'hold' || !enforced || owner === undefined || !who) return {};
  const answer_by = at + who.answer_within;
  const expires = who.then === 'keep_holding' ? null : answer_by + (who.if_late?.after ?? 0);
  return { hold: { owner, answer_by, expires, then: who.then } };
}

/** A hand-over goes to a queue that the pact lists, or to an owner by name. */
function routeOf({ pact, proposal }: PreparedProposal, routed: string): { queue: string | null; owner: string | null } {
  const owner = pact?.tools.get(proposal.tool)?.queues.get(routed);
  if (owner !== undefined) return { queue: routed, owner };
  return { queue: null, owner: routed === '' ? null : routed };
}
