/** Which lines of the source a sentence speaks of, and which sentence speaks of a line. */
import type { Explanation } from '@surety/core/pact';
import type { PactText } from '@surety/core/wire';

type Lines = PactText['lines'];
type Sentence = Explanation['lanes'][number]['paragraphs'][number]['sentences'][number];

/** A rule is known by its id; a tool or parameter by the first name in backticks that its lane has. */
export function keyOf(sentence: Sentence, lane: string, lines: Lines): string | undefined {
  if (sentence.id !== undefined) return sentence.id in lines ? sentence.id : undefined;
  for (const [, name] of sentence.says.matchAll(/`([^`]+)`/g)) if (`${lane}/${name}` in lines) return `${lane}/${name}`;
  return undefined;
}

/** The narrowest thing that stands on a line. */
export function keyAt(line: number, lines: Lines): string | undefined {
  const at = Object.entries(lines).filter(([, { from, to }]) => from <= line && line <= to);
  return at.sort(([, a], [, b]) => a.to - a.from - (b.to - b.from))[0]?.[0];
}
