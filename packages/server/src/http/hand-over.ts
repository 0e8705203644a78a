/** A hand-over is never refused for its form: what of it does not fit is left out, so that the customer reaches a person. */
import { isDisclosable } from '@surety/core/evidence';
import { readChat } from '@surety/core/recording';
import type { JsonObject } from '@surety/core/terms';
import { ProposeAction } from '@surety/core/wire';
import { plainText } from '../operations/writing/plain.ts';
import { isSound } from './body.ts';

/** Without these nothing can be recorded. */
const NEEDED: ReadonlySet<string> = new Set(['agent', 'conversation_id', 'call_id', 'tool']);

export function toHandOver(body: unknown): unknown {
  const sound = Object.entries(body as object).filter(([, member]) => isSound(member));
  const lean: Record<string, unknown> = { args: {}, ...Object.fromEntries(sound) };
  const read = ProposeAction.safeParse(lean);
  for (const issue of read.error?.issues ?? [])
    for (const name of issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0])])
      if (!NEEDED.has(name)) delete lean[name];
  const { trace } = lean;
  if (Array.isArray(trace) && !readChat(trace as readonly JsonObject[]).ok) delete lean['trace'];
  if (!isDisclosable(plainText(lean['args']))) lean['args'] = {};
  return lean;
}
