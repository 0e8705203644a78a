/** Bytes, digests, signatures and canonical text; the same everywhere. */
export { decodeBase64, encodeBase64 } from './base64.ts';
export { concatBytes, decodeHex, decodeUtf8, encodeUtf8, equalBytes, fromHex, toHex } from './bytes.ts';
export { canonical, isUnicode } from './canonical.ts';
export { canonicalBytes } from './canonical-bytes.ts';
export { type Sha256, sha256, sha256Hex } from './digest.ts';
export { type Ed25519, nobleEd25519 } from './signature.ts';
export { type JsonProblem, parseStrict, STRICT_JSON_LIMITS } from './strict-json.ts';
