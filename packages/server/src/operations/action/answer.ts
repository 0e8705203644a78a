/** What the agent's side hears of a decision: read from its entries and disclosures alone, so that it is the same again. */
import type { Placed } from '@surety/core/evidence';
import { formatTime, isJsonObject, type Json, type JsonObject } from '@surety/core/terms';
import type { ActionAnswer } from '@surety/core/wire';
import { effectOf, RESERVATION_MS } from '@surety/core/world';
import { entryOf, type Opened } from '../operation.ts';
import { toActionId, toHoldId } from '../personal/names.ts';
import { textSha256 } from '../writing/plain.ts';

type Reasons = ActionAnswer['reasons'];

export interface Detail {
  readonly reasons: Reasons;
  readonly tell_the_agent: string;
  readonly tell_the_human: string;
}

/** What a decision disclosed; where it was erased, what the entry itself says. */
export function detailOf({ data }: Placed<'action.decided'>, opened: Opened): Detail {
  const text = opened(data.detail);
  const detail = typeof text === 'string' ? (JSON.parse(text) as Json) : undefined;
  if (isJsonObject(detail)) return detail as unknown as Detail;
  const reasons = data.reasons.map((reason) => ({ ...reason, kind: reason.why, says: '', values: {} }));
  return { reasons, tell_the_agent: '', tell_the_human: '' };
}

export const argsOf = (entry: Placed<'action.proposed'>, opened: Opened): string | undefined => {
  const text = opened(entry.data.args);
  return typeof text === 'string' ? text : undefined;
};

export function toActionAnswer(
  entries: readonly Placed[],
  opened: Opened,
  { isRewritten }: { readonly isRewritten: boolean },
): ActionAnswer {
  const decided = entryOf(entries, 'action.decided');
  const args = argsOf(entryOf(entries, 'action.proposed'), opened);
  const { data, at, seq } = decided;
  const detail = detailOf(decided, opened);
  return {
    id: toActionId(data.action),
    decision: data.decision,
    enforced: data.enforced,
    lane: data.lane,
    state: data.state,
    reasons: detail.reasons,
    tell_the_agent: detail.tell_the_agent,
    ...(data.hold
      ? {
          hold: {
            id: toHoldId(data.action),
            owner: data.hold.owner,
            answer_by: formatTime(data.hold.answer_by),
            expires: data.hold.expires === null ? null : formatTime(data.hold.expires),
            then: data.hold.then,
            tell_the_human: detail.tell_the_human,
          },
        }
      : {}),
    ...(data.routed_to ? { hand_over: data.routed_to } : {}),
    duties: data.duties ?? [],
    reservation: reservationOf(data, at),
    args_sha256: args === undefined ? null : textSha256(args),
    ...(isRewritten ? { args: parseArgs(args) } : {}),
    pact: data.pact,
    receipt: { seq },
  };
}

function reservationOf(data: Placed<'action.decided'>['data'], at: number): ActionAnswer['reservation'] {
  if (effectOf(data) !== 'allow' || !data.charges) return null;
  return { expires_at: formatTime(at + RESERVATION_MS), limits: data.charges.map(({ limit }) => limit) };
}

export const parseArgs = (text: string | undefined): Json | undefined => {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
};

export const asObject = (json: Json | undefined): JsonObject | undefined => (isJsonObject(json) ? json : undefined);
