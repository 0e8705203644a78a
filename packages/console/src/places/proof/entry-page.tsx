/** One entry of the ledger, byte for byte, and its receipt. */
import { useEntry } from '../../api/index.ts';
import { links } from '../../links.ts';
import { Await, ButtonLink, Code, Page, Section } from '../../ui/index.ts';
import { ReceiptPart } from './receipt-part.tsx';

export default function EntryPage({ seq }: { readonly seq: number }) {
  const entry = useEntry(seq);
  const { type } = (entry.data ?? {}) as { type?: string };
  return (
    <Page
      title={`Entry ${seq}`}
      back={{ href: links.proof(), says: 'Proof' }}
      sentence={type === undefined ? ' ' : `${type}: it holds personal values only as commitments.`}
      acts={
        <>
          {seq > 0 && (
            <ButtonLink href={links.entry(seq - 1)} icon="left">
              Previous
            </ButtonLink>
          )}
          <ButtonLink href={links.entry(seq + 1)} icon="right">
            Next
          </ButtonLink>
        </>
      }
    >
      <Section title="Receipt">
        <ReceiptPart key={seq} seq={seq} />
      </Section>
      <Section title="The entry">
        <Await of={entry}>{(data) => <Code>{JSON.stringify(data, null, 2)}</Code>}</Await>
      </Section>
    </Page>
  );
}
