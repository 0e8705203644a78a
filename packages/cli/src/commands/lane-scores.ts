/** An agent's two scores in a lane, as lines: the number only where there is one, and where the two part. */
import type { AgentTrust } from '@surety/core/wire';

type Told = Pick<AgentTrust['lanes'][number], 'scores' | 'gap'>;
type Score = Told['scores']['conduct'];

export function scoreLines({ scores: { conduct, outcome }, gap }: Told): readonly string[] {
  const lines: string[] = [];
  if (conduct.score !== null) lines.push(`Conduct ${numberOf(conduct)}; 500 is proven at the rate the pact allows.`);
  if (outcome.score !== null) lines.push(`Outcome ${numberOf(outcome)}; 500 is proven at the pact’s target.`);
  // Where nothing is scored, the lane's own sentence has said so.
  else if (conduct.score !== null && outcome.missing_sentence !== null)
    lines.push(`Outcome: ${outcome.missing_sentence}`);
  if (gap !== null) lines.push(`The two scores disagree. ${gap}`);
  return lines;
}

const numberOf = ({ score, lower, upper, n }: Score): string =>
  `${score} of 1000 (${lower ?? score}–${upper ?? 1000}, n = ${Math.round(n)})`;
