/** Reads a proposal against its tool's schema, and makes the frame that the tool's conditions run on. */
import { canonical, encodeUtf8, isUnicode, sha256Hex } from '../../crypto/index.ts';
import type { Reason } from '../../terms/decision.ts';
import type { RecordValue } from '../condition/unknown.ts';
import type { Pact, ToolPlan } from '../pact.ts';
import { PACT_LIMITS } from '../pact-limits.ts';
import { isRefused, type ReadArgs } from '../shape/args-schema.ts';
import { isShallow } from '../shape/depth.ts';
import { utf8Bytes } from '../yaml/characters.ts';
import { autonomyIn, baseValues, DecisionFrame, judgeValues } from './decision-frame.ts';
import { gateReason } from './reasons.ts';
import type { Situation } from './situation.ts';

export function readArgs(
  pact: Pact,
  tool: ToolPlan,
  { proposal, offset }: Situation,
): ReadArgs | { readonly reason: Reason } {
  const refuse = (says: string) => ({ reason: gateReason('schema', 'deny', tool.lane?.enforced ?? true, says) });
  if (!proposal.args) return refuse('The arguments are not a JSON object');
  if (!isShallow(proposal.args)) return refuse(`The arguments are nested deeper than ${PACT_LIMITS.yamlDepth} levels`);
  if (!isUnicode(proposal.args)) return refuse('The arguments hold text that is not Unicode');
  if (utf8Bytes(JSON.stringify(proposal.args)) > PACT_LIMITS.argsBytes)
    return refuse(`The arguments are longer than ${PACT_LIMITS.argsBytes} bytes`);
  if (!tool.schema) return refuse('The pact has no schema for the arguments of this tool');
  const read = tool.schema.read(proposal.args, {
    digits: pact.digits,
    offset: (zone, at) => offset(zone ?? pact.zone, at),
  });
  return isRefused(read) ? refuse(`The argument ${read.path || 'object'} ${read.says}`) : read;
}

/** The frame that the conditions of a tool run on. */
export function frameOf(pact: Pact, tool: ToolPlan, situation: Situation, read: ReadArgs): DecisionFrame {
  const { proposal, conversation, now, offset, memory, state, given, judges, undatedIsFresh } = situation;
  // The text that the trace remembers calls by; written once a decision, and only if a rule asks.
  let text: string | undefined;
  const argsText = () => (text ??= canonical(read.clean));
  const action: RecordValue = {
    tool: proposal.tool,
    args: read.value as RecordValue,
    get args_text() {
      return argsText();
    },
    get args_sha256() {
      return sha256Hex(encodeUtf8(argsText()));
    },
    calls_in_turn: proposal.calls_in_turn,
    text_in_turn: proposal.text_in_turn,
    confidence: proposal.confidence,
  };
  const base = baseValues(action, conversation, now, autonomyIn(tool.lane, state), judgeValues(tool.judges, judges));
  return new DecisionFrame({ pact, memory: memory.trace, now, offset, undatedIsFresh, given }, tool.slots, base);
}
