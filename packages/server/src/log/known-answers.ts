/** Known answers, asked at every start: a machine that gets these wrong must not sign anything. */
import {
  canonical,
  type Ed25519,
  encodeUtf8,
  fromHex,
  nobleEd25519,
  parseStrict,
  type Sha256,
  sha256,
  toHex,
} from '@surety/core/crypto';
import { leafHash, proveInclusion, rootOf, verifyInclusion } from '@surety/core/ledger';
import { nodeEd25519, nodeSha256 } from './node-crypto.ts';

/** What was asked, by whose answer, and whether it was right. */
export const KNOWN_ANSWERS: readonly (readonly [name: string, standard: string, isRight: () => boolean])[] = [
  ['sha256', 'SHA-256 (FIPS 180-4)', () => [nodeSha256, sha256].every(hashesAbc)],
  ['merkle', 'the Merkle tree (RFC 6962)', () => [nodeSha256, sha256].every(makesTree)],
  ['ed25519', 'Ed25519 (RFC 8032)', () => [nodeEd25519, nobleEd25519].every(signsAndVerifies)],
  ['canonical', 'canonical JSON (RFC 8785)', writesCanonically],
];

// https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values
const hashesAbc = (sha: Sha256): boolean =>
  toHex(sha(encodeUtf8('abc'))) === 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

// https://github.com/google/certificate-transparency/blob/master/cpp/merkletree/merkle_tree_test.cc
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOT = '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328';

function makesTree(sha: Sha256): boolean {
  const leaves = LEAVES.map((hex) => leafHash(fromHex(hex), sha));
  const root = rootOf(leaves, sha);
  return (
    toHex(root) === ROOT &&
    leaves.every((leaf, index) => {
      const proof = proveInclusion(leaves, index, leaves.length, sha);
      return verifyInclusion({ index, size: leaves.length, leaf, root, proof }, sha);
    })
  );
}

// https://www.rfc-editor.org/rfc/rfc8032#section-7.1, test 3
const SEED = 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7';
const PUBLIC_KEY = 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025';
const SIGNATURE =
  '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a';

function signsAndVerifies(ed25519: Ed25519): boolean {
  const [message, other] = [fromHex('af82'), fromHex('af83')];
  const [publicKey, signature] = [fromHex(PUBLIC_KEY), fromHex(SIGNATURE)];
  return (
    toHex(ed25519.publicKey(fromHex(SEED))) === PUBLIC_KEY &&
    toHex(ed25519.sign(fromHex(SEED), message)) === SIGNATURE &&
    ed25519.verify(publicKey, message, signature) &&
    !ed25519.verify(publicKey, other, signature)
  );
}

// https://www.rfc-editor.org/rfc/rfc8785#section-3.2.2 and 3.2.3
const INPUT = String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`;
const OUTPUT = String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`;

function writesCanonically(): boolean {
  const parsed = parseStrict(INPUT);
  return parsed.ok && canonical(parsed.value) === OUTPUT;
}
