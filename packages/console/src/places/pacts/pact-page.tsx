/** One pact. */
import { Page } from '../../ui/index.ts';

export default function PactPage({ digest }: { readonly digest: string }) {
  return <Page title={digest}>…</Page>;
}
