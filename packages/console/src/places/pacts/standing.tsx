/** Where a pact is on its way into force. */
import type { PactView } from '@surety/core/wire';
import { Badge } from '../../ui/index.ts';
import { actorWords } from '../../words/index.ts';

export type Standing = 'in_force' | 'out_of_force' | 'signed' | 'proposed';

export function standingOf({ in_force, published_at, signed_by }: PactView): Standing {
  if (in_force) return 'in_force';
  if (published_at !== null) return 'out_of_force';
  return signed_by === null ? 'proposed' : 'signed';
}

export function StandingBadge({ pact }: { readonly pact: PactView }) {
  switch (standingOf(pact)) {
    case 'in_force':
      return (
        <Badge tone="allow" icon="check">
          in force
        </Badge>
      );
    case 'out_of_force':
      return <Badge icon="clock">replaced</Badge>;
    case 'signed':
      return (
        <Badge tone="limited" icon="edit">
          signed, not in force
        </Badge>
      );
    case 'proposed':
      return (
        <Badge tone="hold" icon="hold">
          waits for a signature
        </Badge>
      );
  }
}

/** One sentence: what it is, and what must happen next. */
export function standingSentence(pact: PactView): string {
  const { author, signed_by } = pact;
  const signer = signed_by === null ? '' : actorWords(signed_by);
  switch (standingOf(pact)) {
    case 'in_force':
      return `In force: written by ${author}, signed by ${signer}.`;
    case 'out_of_force':
      return `No longer in force: a later version took its place. Written by ${author}, signed by ${signer}.`;
    case 'signed':
      return `Written by ${author} and signed by ${signer}; it binds nobody until it is put in force.`;
    case 'proposed':
      return `Written by ${author}; it binds nobody until another person has signed it and it is put in force.`;
  }
}
