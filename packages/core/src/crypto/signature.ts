/** Ed25519 (RFC 8032) as a value: whoever has a faster one hands it in. */
import { ed25519 } from '@noble/curves/ed25519.js';

export interface Ed25519 {
  /** The public key (32 bytes) of a seed (32 bytes). */
  publicKey(seed: Uint8Array): Uint8Array;
  sign(seed: Uint8Array, message: Uint8Array): Uint8Array;
  /** Never throws: a key or signature of a wrong form does not verify. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

export const nobleEd25519: Ed25519 = {
  publicKey: (seed) => ed25519.getPublicKey(seed),
  sign: (seed, message) => ed25519.sign(message, seed),
  verify(publicKey, message, signature) {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    try {
      // RFC 8032 to the letter: ZIP 215 would also take points that other verifiers refuse.
      return ed25519.verify(signature, message, publicKey, { zip215: false });
    } catch {
      return false;
    }
  },
};
