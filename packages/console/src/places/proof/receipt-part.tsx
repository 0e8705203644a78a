/** The receipt of an entry, checked by this browser and not by the server that sent it. */
import { useMemo } from 'react';
import { useEntry, useReceipt } from '../../api/index.ts';
import { Await, Button, CopyText, Disclosure, Note, numberText, SkeletonRows } from '../../ui/index.ts';
import { counted } from '../../words/index.ts';
import { checkReceipt, isKnownKey } from './check-receipt.ts';
import css from './proof.module.css';

/** What entry 0 says of the log. */
const openedOf = (entry: unknown): { readonly origin: string; readonly vkey: string } => {
  const { data } = (entry ?? {}) as { data?: { origin?: unknown; vkey?: unknown } };
  return { origin: String(data?.origin ?? ''), vkey: String(data?.vkey ?? '') };
};

export function ReceiptPart({ seq }: { readonly seq: number }) {
  const first = useEntry(0);
  const receipt = useReceipt(seq);
  return (
    <Await of={first} skeleton={<SkeletonRows rows={1} says="Fetching the receipt" />}>
      {(opened) => (
        <Await of={receipt} skeleton={<SkeletonRows rows={1} says="Fetching the receipt" />}>
          {(text) => <Checked seq={seq} text={text} {...openedOf(opened)} />}
        </Await>
      )}
    </Await>
  );
}

function Checked({
  seq,
  text,
  origin,
  vkey,
}: {
  readonly seq: number;
  readonly text: string;
  readonly origin: string;
  readonly vkey: string;
}) {
  const checked = useMemo(() => checkReceipt(text, seq, vkey), [text, seq, vkey]);
  const isKnown = useMemo(() => isKnownKey(origin, vkey, localStorage), [origin, vkey]);
  if (!checked.holds)
    return (
      <Note tone="deny" icon="alert">
        <strong>This receipt does not hold.</strong> {checked.says} Keep the receipt and ask whoever runs this ledger.
        <Save text={text} seq={seq} />
      </Note>
    );
  return (
    <div className={css['receipt']}>
      <Note tone={isKnown ? 'allow' : 'deny'} icon={isKnown ? 'proof' : 'alert'}>
        <strong>{checked.says}</strong>{' '}
        {isKnown
          ? `This browser hashed the entry, followed ${counted(checked.hashes ?? 0, 'hash', 'hashes')} to the root and checked the log’s signature.`
          : 'But the log signs with a different key from the one this browser saw before: ask whoever runs it why.'}
      </Note>
      <Disclosure says="What was checked">
        <dl className={css['facts']}>
          <dt>Entry</dt>
          <dd>
            {checked.index} of {checked.size !== undefined && numberText(checked.size)}, SHA-256{' '}
            <CopyText text={checked.sha256 ?? ''} says="the entry’s digest" />
          </dd>
          <dt>Root</dt>
          <dd>
            <CopyText text={checked.root ?? ''} says="the root" />
          </dd>
          <dt>Signed by</dt>
          <dd>
            <CopyText text={checked.key ?? ''} says="the log’s key" />
          </dd>
        </dl>
        <Save text={text} seq={seq} />
      </Disclosure>
    </div>
  );
}

/** For a stranger with another program. */
const Save = ({ text, seq }: { readonly text: string; readonly seq: number }) => (
  <Button
    icon="download"
    onClick={() => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
      link.download = `entry-${seq}.tlog-proof`;
      link.click();
      URL.revokeObjectURL(link.href);
    }}
  >
    Save the receipt
  </Button>
);
