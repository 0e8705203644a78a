/** Bodies: JSON of bounded size and depth. */
import { WIRE_LIMITS } from '@surety/core/wire';
import { Refusal } from './problem.ts';

export function readBody(text: string): unknown {
  if (text === '') return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw new Refusal('request.malformed', `The body is not JSON: ${(error as Error).message.replace(/\s+/g, ' ')}`);
  }
  if (isDeeper(body, WIRE_LIMITS.depth))
    throw new Refusal('request.too_deep', `The body is nested deeper than ${WIRE_LIMITS.depth}; send it flatter`);
  return body;
}

/** Whether there are more than `depth` objects and arrays inside one another; level by level, so depth costs no stack. */
function isDeeper(body: unknown, depth: number): boolean {
  let level: readonly unknown[] = [body];
  for (let i = 0; i < depth; i++) {
    const next: unknown[] = [];
    for (const value of level)
      if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) next.push(member);
    if (next.length === 0) return false;
    level = next;
  }
  return level.some((value) => typeof value === 'object' && value !== null);
}
