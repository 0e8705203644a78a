/** The moment of one request: when, by whom, and what of it is committed to. */
import { type Commitment, DISCLOSURE_LIMITS, type Disclosure, disclose, isDisclosable } from '@surety/core/evidence';
import type { Json } from '@surety/core/terms';
import { nodeSha256 } from '../../log/node-crypto.ts';
import { InvalidError, StaleError } from '../errors.ts';
import type { Actor, Moment } from '../operation.ts';
import { freshBytes, type Subject, type Subjects } from '../personal/subjects.ts';

export class Drafting implements Moment {
  readonly at: number;
  readonly actor: Actor;
  readonly committed = new Map<string, { readonly subject: Subject; readonly disclosure: Disclosure }>();

  readonly erased: ReadonlyMap<string, number>;
  readonly #subjects: Subjects;

  constructor(at: number, actor: Actor, erased: ReadonlyMap<string, number>, subjects: Subjects) {
    this.at = at;
    this.actor = actor;
    this.erased = erased;
    this.#subjects = subjects;
  }

  commit(subject: Subject, label: string, value: Json): Commitment {
    if (this.erased.has(subject.name) || this.#subjects.isErased(subject.name)) throw new StaleError();
    if (!isDisclosable(value)) throw tooLarge(label);
    const disclosure = disclose(freshBytes(32), label, value, nodeSha256);
    this.committed.set(disclosure.commitment, { subject, disclosure });
    return { commitment: disclosure.commitment };
  }
}

/** What the caller calls it. */
const SENT_AS: Readonly<Record<string, string>> = { steps: 'trace', step: 'result' };
const tooLarge = (label: string): InvalidError =>
  new InvalidError(
    'request.too_large',
    `The ${SENT_AS[label] ?? label} would take more than ${DISCLOSURE_LIMITS.valueBytesMax} bytes on the record; send less at once`,
  );
