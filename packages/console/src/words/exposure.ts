/** The most an agent can lose unreviewed in a week, as a sentence. */
import type { AgentTrust } from '@surety/core/wire';
import { moneyText } from '../ui/index.ts';

type Exposure = AgentTrust['lanes'][number]['exposure'];

export function exposureSentence({ minor, currency }: Exposure): string {
  if (minor === null) return 'No limit bounds what it can lose in a week.';
  return `At most ${moneyText(minor, currency)} a week can be lost unreviewed.`;
}

/** For a column that is called exposure. */
export function exposureShort({ minor, currency }: Exposure, mode: 'shadow' | 'enforce'): string {
  if (mode === 'shadow' || minor === null) return 'unbounded';
  return minor === 0 ? 'nothing' : `${moneyText(minor, currency)} a week`;
}
