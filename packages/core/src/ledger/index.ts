/** The ledger's bytes: tree, tiles, signed notes, checkpoints and receipts (RFC 6962, C2SP). It knows no entry from inside. */
export {
  type Checkpoint,
  checkpointMessage,
  checkpointText,
  isOrigin,
  type OpenCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  parseCheckpointText,
  signCheckpoint,
  withSignature,
} from './checkpoint.ts';
export { COSIGNATURE_BYTES, cosign, verifyCosignature } from './note/cosignature.ts';
export {
  checkSignatures,
  cosignatureLine,
  NOTE_LIMITS,
  type Note,
  openNote,
  parseNote,
  type SignatureLine,
  signatureLine,
  signNote,
  type Verified,
} from './note/note.ts';
export {
  COSIGNATURE,
  ED25519,
  formatPrivateKey,
  formatVkey,
  type NoteKey,
  noteKey,
  type PrivateKey,
  parsePrivateKey,
  parseVkey,
  privateKey,
} from './note/note-key.ts';
export {
  formatReceipt,
  parseReceipt,
  type Receipt,
  type ReceiptTrust,
  type VerifiedReceipt,
  verifyReceipt,
} from './receipt.ts';
export type { LedgerCode, LedgerRefusal } from './refusal.ts';
export { acceptRotation, type Rotation, rotationStatement, verifyRotation } from './rotation.ts';
export { decodeBundle, ENTRY_BYTES_MAX, encodeBundle } from './tile/bundle.ts';
export { partialTilesOf, type Tile, type TileAddress } from './tile/tile.ts';
export { TileGrowth } from './tile/tile-growth.ts';
export { parseTilePath, TILE_WIDTH, type TilePath, tilePath } from './tile/tile-path.ts';
export {
  consistencyFromTiles,
  inclusionFromTiles,
  proofFrom,
  type ReadTile,
  rootFromTiles,
  tilesOf,
} from './tile/tile-proof.ts';
export { CompactRange } from './tree/compact-range.ts';
export { emptyRoot, HASH_BYTES, joinRoots, leafHash, nodeHash, rootOf } from './tree/merkle.ts';
export { type ProofPlan, planConsistency, planInclusion, planRoot, type TreeNode } from './tree/plan.ts';
export { proveConsistency, proveInclusion } from './tree/prove.ts';
export { isSize, parseSize } from './tree/size.ts';
export { type ConsistencyClaim, type InclusionClaim, verifyConsistency, verifyInclusion } from './tree/verify-proof.ts';
