/** The sentences of a pact's rules, by their ids: where what a decision disclosed was erased, the pact still has them. */
import type { Placed } from '@surety/core/evidence';
import { type Pact, unitsOf } from '@surety/core/pact';
import type { ActionItem } from '@surety/core/wire';
import type { Context } from '../context.ts';

type Reasons = ActionItem['reasons'];
type Decided = Pick<Placed<'action.decided'>['data'], 'pact' | 'tool'>;
/** Reasons with the sentences of the pact with this digest, or of the gate itself, and the units of their values. */
export type Says = (decided: Decided, reasons: Reasons) => Reasons;

export async function pactOf({ writer, shelf }: Context, digest: string | null): Promise<Pact | undefined> {
  const standing = digest === null ? undefined : writer.world.pacts.byDigest.get(digest);
  return standing && shelf.get(standing);
}

/** What the gate itself says, where no rule did. */
const GATE: Readonly<Record<string, string>> = {
  default: 'Nothing in the pact allows this',
  schema: 'The arguments do not fit the pact',
  state: 'The trust state of the agent in this lane requires it',
  stopped: 'This agent is stopped',
  sample: 'Picked at random for a person to look at',
  trace_conflict: 'The trace that was sent disagrees with what was recorded',
};

/** Of the decisions among these entries. */
export async function saysOf(context: Context, entries: readonly Placed[]): Promise<Says> {
  const pacts = new Map<string | null, Pact | undefined>();
  for (const { type, data } of entries)
    if (type === 'action.decided' && data.reasons.length > 0 && !pacts.has(data.pact))
      pacts.set(data.pact, await pactOf(context, data.pact));
  return ({ pact: digest, tool }, reasons) => {
    const pact = pacts.get(digest);
    return reasons.map((reason) => {
      const told = { ...reason, ...(pact && unitsOf(pact, tool, reason)) };
      if (reason.says !== '') return told;
      const rule = pact?.rules.find(({ id }) => id === reason.id);
      return { ...told, says: rule?.says ?? GATE[reason.id] ?? '', kind: rule?.kind ?? reason.why };
    });
  };
}
