/** Agents. */
import { Page } from '../../ui/index.ts';

export default function AgentsPage() {
  return <Page title="Agents">…</Page>;
}
