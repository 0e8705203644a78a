/** What the page and the worker that simulates say to each other. */
import type { ForecastReport } from '@surety/core/world';
import type { PactFiles } from '../rehearsal/read-pact.ts';

/** `prospects`: a sentence for each lane, at once. `simulate`: many imagined agents in one lane. */
export type SimulateRequest =
  | { readonly kind: 'prospects'; readonly pact: PactFiles; readonly perDay: Readonly<Record<string, number>> }
  | {
      readonly kind: 'simulate';
      readonly pact: PactFiles;
      readonly lane: string;
      readonly perDay: number;
      readonly runs: number;
    };

export interface LaneProspect {
  readonly lane: string;
  /** Conversations a day: as asked, or as the pact says; null where neither does. */
  readonly perDay: number | null;
  /** What the rates mean without a violation. */
  readonly says: string;
}

export type SimulateMessage =
  | { readonly kind: 'prospects'; readonly lanes: readonly LaneProspect[] }
  | { readonly kind: 'progress'; readonly done: number; readonly of: number }
  | { readonly kind: 'simulated'; readonly report: ForecastReport; readonly assumed: string }
  | { readonly kind: 'refused'; readonly says: string };
