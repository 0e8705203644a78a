/** What went wrong, in one sentence for a person. The server's own sentence stands where it is meant for one. */
import type { ProblemCode } from '@surety/core/wire';
import { actorWords } from './role.ts';

/** What the browser itself finds. */
export type LocalCode = 'away' | 'timeout' | 'unsure' | 'unreadable';

const SENTENCES: Readonly<Partial<Record<ProblemCode | LocalCode, string>>> = {
  away: 'The server cannot be reached; nothing was changed. Try again when it is back.',
  timeout: 'The server took too long to answer. It is not known whether it was done; look before you try again.',
  unsure: 'The connection is lost, so what you see may be out of date; nothing was sent. Wait until it is back.',
  unreadable: 'Something between here and the server answered in its place. Load the page again.',
  'session.missing': 'You are signed out. Sign in to continue.',
  'session.over': 'Your session has ended. Sign in to continue.',
  'session.refused': 'This name and password do not match.',
  'session.forged': 'The server took this for a request from another site. Open the console at its own address.',
  'link.over': 'A link works once, and only for a short time. Ask for a new one.',
  'hold.args_changed': 'The action has changed since you saw it. Look at it again before you answer.',
  'request.too_large': 'This is too large to send. Send less at a time.',
  'rate.exceeded': 'Too many requests in a minute. Wait a moment and try again.',
  'server.defect': 'This is a defect in Surety; it is in the server’s log. Nothing was allowed.',
  unavailable: 'Nothing can be recorded right now, so nothing was done. Try again in a moment.',
};

const FIRST = / was already (\w+) by (\S+)$/;

/** Who was first, as the server tells. */
function answeredSentence(detail: string): string {
  const [, answer, by = ''] = FIRST.exec(detail) ?? [];
  if (answer === 'expired') return 'Its time ran out before you answered; nothing was done.';
  const who =
    answer === undefined ? 'Another person has already answered this' : `${actorWords(by)} has already ${answer} this`;
  return `${who}; nothing was done twice.`;
}

export const problemSentence = (code: string, detail: string): string => {
  if (code === 'hold.answered') return answeredSentence(detail);
  // The pattern of a name tells nobody who followed a link what is wrong with it.
  if (code === 'request.malformed' && detail.startsWith('The path does not fit'))
    return 'There is nothing at this address: it was mistyped or cut short. Go back and look in the list.';
  const known = SENTENCES[code as ProblemCode];
  if (known) return known;
  return /[.!?]$/.test(detail) ? detail : `${detail}.`;
};
