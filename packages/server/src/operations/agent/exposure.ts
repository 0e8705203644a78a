/** The most an agent can lose unreviewed in a week in a lane, in minor units; null where no limit bounds it. */
import { enforcedExposure, laneExposure, type Pact } from '@surety/core/pact';
import type { TrustState } from '@surety/core/terms';

/** A lane in shadow is taken as it will be once it is enforced. */
export function exposureIn(pact: Pact, lane: string, state: TrustState): number | null {
  if (state === 'suspended' || state === 'supervised') return 0;
  const isEnforced = pact.lanes.get(lane)?.enforced ?? true;
  return (isEnforced ? laneExposure : enforcedExposure)(pact, lane, state).exposure;
}
