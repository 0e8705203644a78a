/** SHA-256 (FIPS 180-4) as a value: whoever has a faster one hands it in. */
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { toHex } from './bytes.ts';

export type Sha256 = (bytes: Uint8Array) => Uint8Array;

export const sha256: Sha256 = (bytes) => nobleSha256(bytes);
export const sha256Hex = (bytes: Uint8Array): string => toHex(sha256(bytes));
