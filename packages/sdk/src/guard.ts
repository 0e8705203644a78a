/** Puts the gate in front of one tool: it runs only when it may, at most once a call, and what became of it is told. */
import { encodeUtf8, sha256Hex } from '@surety/core/crypto';
import type { BodyOf } from '@surety/core/wire';
import type { Ending } from './calls.ts';
import { type ExactArgs, exactArgs } from './exact-args.ts';
import { type Gate, isHandOver, isStopped } from './gate.ts';
import { type Clearance, type Outcome, SENTENCES } from './outcome.ts';
import { type ToolCall, toProposal } from './proposal.ts';
import { ruleOn, stopped } from './ruling.ts';
import { messageOf, reportable } from './spool/delivery.ts';
import { isUnanswered, SuretyError } from './surety-error.ts';
import { isSendable } from './transport.ts';

/** What a tool may want to know beside its arguments. */
export type Running = Omit<Clearance, 'args'>;
export type Tool<A, R> = (args: A, running: Running) => R | Promise<R>;
export type GuardedTool<A, R> = (args: A, call: ToolCall) => Promise<Outcome<R>>;

/** One guarded call on its way. */
interface Run<R> {
  readonly gate: Gate;
  readonly name: string;
  readonly tool: (args: unknown, running: Running) => R | Promise<R>;
  readonly exact: ExactArgs;
  readonly call: ToolCall;
}

/**
 * `const refund = guard(client, 'issue_refund', refunds.issue)`, then `await refund(args, { conversation_id, call_id })`.
 * A rule never makes it throw; what the tool itself throws is reported as failed and thrown on.
 */
export function guard<A, R>({ gate }: { readonly gate: Gate }, name: string, tool: Tool<A, R>): GuardedTool<A, R> {
  return async (args, call) => {
    const exact = exactArgs(args);
    if (isHandOver(gate, name)) return handOver(gate, name, tool, args, exact, call);
    if (!exact) return { denied: { why: 'args', action: null, reasons: [] }, tell_the_agent: SENTENCES.not_json };
    const run: Run<R> = { gate, name, tool: tool as Tool<unknown, R>, exact, call };
    const once = gate.calls.once(keyOf(call), whatOf(name, exact), () => perform(run));
    return once ?? { denied: { why: 'conflict', action: null, reasons: [] }, tell_the_agent: SENTENCES.conflict };
  };
}

const keyOf = ({ conversation_id, call_id }: ToolCall): string => JSON.stringify([conversation_id, call_id]);
const whatOf = (name: string, { sha256 }: ExactArgs): string => JSON.stringify([name, sha256]);

async function perform<R>(run: Run<R>): Promise<Ending<Outcome<R>>> {
  const { gate, name, exact, call } = run;
  const ruling = await ruleOn(gate, name, exact, call);
  if (!('run' in ruling)) return { settle: () => ruling.outcome, isFinal: ruling.isFinal };
  const { action } = ruling.run;
  // A stop that came while the gate was asked: what it allowed does not happen, and what it reserved is given back.
  if (!isStopped(gate, name)) return execute(run, ruling.run);
  if (action !== null) await tell(gate, action, { status: 'failed', result: SENTENCES.stopped });
  const { outcome, isFinal } = stopped(action);
  return { settle: () => outcome, isFinal };
}

async function execute<R>(run: Run<R>, clearance: Clearance): Promise<Ending<Outcome<R>>> {
  const { gate, tool } = run;
  const { args, ...running } = clearance;
  const wentOn = clearance.action === null ? wentOnFrom(run) : undefined;
  const report = (status: 'executed' | 'failed', result: unknown) => {
    const value = reportable(result);
    const body = { status, ...(value !== undefined && { result: value }) };
    return wentOn ? wentOn(body) : tell(gate, clearance.action ?? '', body);
  };
  let result: R;
  try {
    result = await tool(structuredClone(args), running);
  } catch (error) {
    await report('failed', { error: messageOf(error) });
    const settle = (): never => {
      throw error;
    };
    return { settle, isFinal: !isHandOver(gate, run.name) };
  }
  await report('executed', result);
  return { settle: () => ({ ok: result, action: clearance.action }), isFinal: true };
}

/** Kept before it runs and told later, with the instant: no answer was there when it went on. */
function wentOnFrom<R>({ gate, name, exact, call }: Run<R>): (report: BodyOf<'action.report'>) => void {
  const proposal = toProposal(gate.agent, name, exact, call);
  const went_on_at = new Date().toISOString();
  gate.delivery.keep({ proposal });
  return (report) => {
    gate.delivery.keep({ proposal, report: { ...report, went_on_at } });
    // Nobody waits for a gate that is away; this only sets the next tries going.
    void gate.delivery.flush(gate.deadlineMs);
  };
}

/** Heard before the caller goes on, where the gate is there: its result is a fact for what comes next. */
async function tell({ delivery, deadlineMs }: Gate, action: string, report: BodyOf<'action.report'>): Promise<void> {
  delivery.keep({ action, report });
  await delivery.flush(deadlineMs);
}

/** Giving the conversation to a person runs whatever the gate answers, also where it cannot be asked. */
async function handOver<A, R>(
  gate: Gate,
  name: string,
  tool: Tool<A, R>,
  args: A,
  exact: ExactArgs | undefined,
  call: ToolCall,
): Promise<Outcome<R>> {
  const isWhole = exact !== undefined && isSendable(toProposal(gate.agent, name, exact, call));
  const run: Run<R> = isWhole
    ? { gate, name, tool: tool as Tool<unknown, R>, exact, call }
    : { gate, name, tool: (_, running) => tool(args, running), exact: NO_ARGS, call: bare(call) };
  const start = async () => execute(run, await clearHandOver(run));
  // Its own key: not even a call id that is taken keeps a customer from a person.
  const once = gate.calls.once(`hand_over ${keyOf(call)} ${whatOf(name, exact ?? NO_ARGS)}`, '', start);
  return once ?? (await start()).settle();
}

/** A hand-over whose words cannot be sent is told without them: that it happened is what counts. */
const NO_ARGS: ExactArgs = { value: {}, sha256: sha256Hex(encodeUtf8('{}')) };
const bare = ({ trace: _, facts: __, ...call }: ToolCall): ToolCall => call;

async function clearHandOver<R>({ gate, name, exact, call }: Run<R>): Promise<Clearance> {
  const args = exact.value;
  try {
    const body = toProposal(gate.agent, name, exact, call);
    const { id, decision, pact, hand_over = null } = await gate.call('action.propose', { body });
    if (decision !== 'allow' && pact !== null)
      gate.warn(`The pact does not know ${name} as a hand-over: let the tool say \`is: hand_over\` there`);
    return { args, action: id, hand_over };
  } catch (error) {
    if (error instanceof SuretyError && !isUnanswered(error))
      gate.warn(`The gate could not record a hand-over (${error.code}): ${error.message}`);
    return { args, action: null, hand_over: null };
  }
}
