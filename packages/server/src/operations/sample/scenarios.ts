/** What a sample desk can show, given by whoever runs it; a server by itself has none. */
import type { SampleShown, Scenario } from '@surety/core/wire';

export type Scenarios = Readonly<Record<Scenario, () => Promise<SampleShown>>>;
