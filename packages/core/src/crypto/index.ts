/** Bytes, digests and canonical text; the same everywhere. */
export { decodeUtf8, encodeUtf8, fromHex, toHex } from './bytes.ts';
export { canonical, isUnicode } from './canonical.ts';
export { sha256Hex } from './digest.ts';
