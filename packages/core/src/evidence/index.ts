/** Evidence: entries, their exact bytes, and the disclosures of what they only commit to. */
export {
  checkDisclosure,
  commit,
  commitmentsIn,
  DISCLOSURE_LIMITS,
  Disclosure,
  type DisclosureRefusal,
  disclose,
  disclosureBytes,
  isDisclosable,
  readDisclosure,
} from './disclosure.ts';
export {
  ENTRY_LIMITS,
  type Entry,
  type EntryCode,
  EntryEnvelope,
  type EntryRefusal,
  entryBytes,
  readCanonical,
  readEntry,
} from './entry.ts';
export type { LaneTerms } from './kinds/agent.ts';
export { Commitment } from './kinds/shapes.ts';
export { type DataOf, type Draft, isKind, KINDS, type Kind, type Placed } from './kinds.ts';
export { DEPTH_MAX, type ProfileCode, profileProblem } from './profile.ts';
