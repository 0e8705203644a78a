/** How much a request may hold: every limit of the wire, tested at n and n + 1. */
export const WIRE_LIMITS = Object.freeze({
  bodyBytes: 1_048_576,
  pactBodyBytes: 5_242_880,
  depth: 32,
  idChars: 200,
  nameChars: 96,
  toolChars: 128,
  traceMessages: 400,
  noteChars: 2_000,
  holdsPerAnswer: 50,
  importConversations: 200,
  pactFiles: 600,
  factNames: 64,
  waitSeconds: 30,
  page: 500,
  eventStreams: 64,
});
