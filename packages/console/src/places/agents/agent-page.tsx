/** One agent. */
import { Page } from '../../ui/index.ts';

export default function AgentPage({ name }: { readonly name: string }) {
  return <Page title={name}>…</Page>;
}
