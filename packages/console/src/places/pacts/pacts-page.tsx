/** Pacts. */
import { Page } from '../../ui/index.ts';

export default function PactsPage() {
  return <Page title="Pacts">…</Page>;
}
