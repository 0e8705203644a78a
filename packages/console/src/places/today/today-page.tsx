/** Today. */
import { Page } from '../../ui/index.ts';

export function TodayPage() {
  return <Page title="Today">…</Page>;
}
