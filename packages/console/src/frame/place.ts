/** One of the few places that the console has. */
import type { IconName } from '../ui/index.ts';

export interface Place {
  readonly key: string;
  readonly says: string;
  readonly icon: IconName;
  readonly href: string;
}
