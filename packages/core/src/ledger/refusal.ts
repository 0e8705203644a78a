/** Everything the ledger refuses, on one screen. The bytes are from outside; a refusal is a value. */
import { err } from '../result.ts';

export type LedgerCode =
  /** A vkey or private key line that is none, or whose key ID is not that of its name and key. */
  | 'key_malformed'
  /** Two different keys of one name and key ID: nobody can tell whose signature a line is. */
  | 'key_ambiguous'
  | 'note_too_long'
  | 'note_malformed'
  /** A signature of a known key that does not verify. */
  | 'signature_wrong'
  /** No signature of the log's key under this note. */
  | 'log_signature_missing'
  | 'checkpoint_malformed'
  | 'receipt_malformed'
  /** The receipt carries no entry and none was given, or another one was given. */
  | 'receipt_entry'
  | 'receipt_proof'
  | 'bundle_malformed'
  /** A tile that a proof needs is absent or too short. */
  | 'tile_missing'
  | 'rotation_malformed'
  /** The new key did not sign the statement of its rotation. */
  | 'rotation_not_accepted';

export interface LedgerRefusal {
  readonly code: LedgerCode;
  /** One sentence for a person. */
  readonly detail: string;
}

export const refuse = (code: LedgerCode, detail: string): { readonly ok: false; readonly error: LedgerRefusal } =>
  err({ code, detail });
