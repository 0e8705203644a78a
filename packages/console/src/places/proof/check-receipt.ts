/** A receipt checked here, by this browser: the entry's hash leads to the root that the log signed (RFC 6962, C2SP tlog-proof). */
import { sha256Hex, toHex } from '@surety/core/crypto';
import { parseReceipt, parseVkey, verifyReceipt } from '@surety/core/ledger';
import { numberText } from '../../ui/index.ts';

export interface Checked {
  readonly holds: boolean;
  readonly says: string;
  readonly index?: number;
  readonly size?: number;
  readonly hashes?: number;
  readonly root?: string;
  readonly key?: string;
  /** The entry's own digest, as `sha256sum` gives it. */
  readonly sha256?: string;
}

/** `vkey`: the log's verifier key, as the first entry names it. */
export function checkReceipt(text: string, entry: number, vkey: string): Checked {
  const key = parseVkey(vkey);
  if (!key.ok) return { holds: false, says: `The log's key cannot be read: ${key.error.detail}` };
  const receipt = parseReceipt(text);
  if (!receipt.ok) return { holds: false, says: receipt.error.detail };
  if (receipt.value.index !== entry)
    return { holds: false, says: `This receipt is for entry ${receipt.value.index}, not for entry ${entry}.` };
  const verified = verifyReceipt(receipt.value, { keys: [key.value] });
  if (!verified.ok) return { holds: false, says: verified.error.detail };
  const { size, root } = verified.value.checkpoint;
  return {
    holds: true,
    says: `Entry ${entry} is in the ledger of ${numberText(size)} entries, unchanged.`,
    index: entry,
    size,
    hashes: receipt.value.proof.length,
    root: toHex(root),
    key: vkey,
    sha256: sha256Hex(verified.value.entry),
  };
}

const KNOWN = 'surety.log-key';

/** Whether the log signs with the key this browser saw at first; remembers it when it is the first. */
export function isKnownKey(origin: string, vkey: string, kept: Pick<Storage, 'getItem' | 'setItem'>): boolean {
  const known = kept.getItem(`${KNOWN} ${origin}`);
  if (known === null) kept.setItem(`${KNOWN} ${origin}`, vkey);
  return known === null || known === vkey;
}
