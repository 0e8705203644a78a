/**
 * Receipts (C2SP tlog-proof), file extension .tlog-proof:
 *
 *     c2sp.org/tlog-proof@v1 LF
 *     extra <b64 of the entry bytes> LF         optional
 *     index <index> LF
 *     <b64 hash> LF ...                         the leaf's sibling first
 *     LF
 *     <checkpoint, with its cosignatures>
 */
import {
  decodeBase64,
  type Ed25519,
  encodeBase64,
  equalBytes,
  nobleEd25519,
  type Sha256,
  sha256,
} from '../crypto/index.ts';
import { invariant, ok, type Result } from '../result.ts';
import { type OpenCheckpoint, openCheckpoint } from './checkpoint.ts';
import type { NoteKey } from './note/note-key.ts';
import { type LedgerRefusal, refuse } from './refusal.ts';
import { HASH_BYTES, leafHash } from './tree/merkle.ts';
import { isSize, parseSize } from './tree/size.ts';
import { verifyInclusion } from './tree/verify-proof.ts';

export interface Receipt {
  /** The entry's bytes. We always write them; others may not. */
  readonly entry?: Uint8Array | undefined;
  readonly index: number;
  readonly proof: readonly Uint8Array[];
  /** The signed note, as text. */
  readonly checkpoint: string;
}

export interface VerifiedReceipt {
  readonly entry: Uint8Array;
  readonly index: number;
  readonly checkpoint: OpenCheckpoint;
}

const HEADER = 'c2sp.org/tlog-proof@v1';
const PROOF_MAX = 63;

export function formatReceipt({ entry, index, proof, checkpoint }: Receipt): string {
  invariant(isSize(index) && proof.length <= PROOF_MAX, 'a receipt has an index and at most 63 hashes');
  const extra = entry ? [`extra ${encodeBase64(entry)}`] : [];
  return [HEADER, ...extra, `index ${index}`, ...proof.map(encodeBase64), '', checkpoint].join('\n');
}

/** Reads a receipt's form; it proves nothing until `verifyReceipt`. */
export function parseReceipt(text: string): Result<Receipt, LedgerRefusal> {
  const end = text.indexOf('\n\n');
  if (end === -1) return malformed('A receipt has an empty line before its checkpoint.');
  const [header, ...lines] = text.slice(0, end).split('\n');
  if (header !== HEADER) return malformed(`A receipt begins with ${HEADER}.`);
  const extra = lines[0]?.startsWith('extra ') ? lines.shift()?.slice('extra '.length) : undefined;
  const entry = extra === undefined ? undefined : decodeBase64(extra);
  if (extra !== undefined && !entry) return malformed('The extra line of a receipt is not base64.');
  const indexLine = lines.shift() ?? '';
  const index = indexLine.startsWith('index ') ? parseSize(indexLine.slice('index '.length)) : undefined;
  if (index === undefined) return malformed('A receipt has a line with its index.');
  if (lines.length > PROOF_MAX) return malformed(`A receipt has at most ${PROOF_MAX} hashes.`);
  const proof: Uint8Array[] = [];
  for (const line of lines) {
    const hash = decodeBase64(line);
    if (hash?.length !== HASH_BYTES)
      return malformed(`Hash ${proof.length + 1} of the receipt is not 32 bytes in base64.`);
    proof.push(hash);
  }
  return ok({ entry, index, proof, checkpoint: text.slice(end + 2) });
}

export interface ReceiptTrust {
  /** Of the log, and of witnesses. */
  readonly keys: readonly NoteKey[];
  /** The entry, for a receipt that does not carry it. */
  readonly entry?: Uint8Array | undefined;
  readonly ed25519?: Ed25519 | undefined;
  readonly sha?: Sha256 | undefined;
}

/** That the entry stands at this index of the tree whose root the log signed. */
export function verifyReceipt(receipt: Receipt, trust: ReceiptTrust): Result<VerifiedReceipt, LedgerRefusal> {
  const { keys, ed25519 = nobleEd25519, sha = sha256 } = trust;
  const entry = receipt.entry ?? trust.entry;
  if (!entry) return refuse('receipt_entry', 'This receipt does not carry its entry: give the entry too.');
  if (trust.entry && !equalBytes(entry, trust.entry)) {
    return refuse('receipt_entry', 'This receipt is of another entry than the one given.');
  }
  const checkpoint = openCheckpoint(receipt.checkpoint, keys, ed25519);
  if (!checkpoint.ok) return checkpoint;
  const { index, proof } = receipt;
  const { size, root } = checkpoint.value;
  if (!verifyInclusion({ index, size, leaf: leafHash(entry, sha), root, proof }, sha)) {
    return refuse('receipt_proof', `The proof does not lead from entry ${index} to the signed root of size ${size}.`);
  }
  return ok({ entry, index, checkpoint: checkpoint.value });
}

const malformed = (detail: string) => refuse('receipt_malformed', detail);
