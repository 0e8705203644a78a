/** Everything a recording may be at most. Each is tested at n and at n + 1. Characters are UTF-16 code units. */
export const RECORDING_LIMITS = Object.freeze({
  /** One conversation as it stands in the file: a line, an element of a list, or its rows. */
  conversationChars: 4_194_304,
  messages: 10_000,
  callsPerTurn: 128,
  textChars: 1_000_000,
  /** Identifiers and names: of conversations, agents, customers, channels, tools and calls. */
  nameChars: 512,
  /** Brackets within brackets, counted from the conversation's own. */
  nesting: 64,
  /** How deep a broken or foreign part is followed, so that the conversation after it is still found. */
  nestingFollowed: 100_000,
  /** A number or literal of JSON. */
  wordChars: 1_000,
  csvColumns: 64,
  csvHeaderChars: 16_384,
  /** Conversations whose ids are remembered while a file is read (CSV, tau-bench). */
  rememberedIds: 100_000,
});
