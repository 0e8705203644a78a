/** What is asked of the API, by noun: the first part of each query's key, and which kinds of entries make it old. */
export const NOUNS = [
  'session',
  'today',
  'holds',
  'agents',
  'pacts',
  'conversations',
  'decisions',
  'entries',
  'people',
  'weekly',
] as const;
export type Noun = (typeof NOUNS)[number];

const OLD: Readonly<Record<string, readonly Noun[]>> = {
  action: ['today', 'holds', 'conversations', 'decisions', 'agents'],
  hold: ['today', 'holds', 'conversations', 'decisions', 'agents'],
  trace: ['conversations'],
  outcome: ['conversations', 'weekly', 'agents'],
  verdict: ['conversations', 'decisions', 'weekly', 'agents'],
  check: ['conversations', 'decisions'],
  subject: ['holds', 'conversations', 'decisions', 'entries'],
  agent: ['today', 'holds', 'agents'],
  state: ['today', 'agents'],
  consequence: ['today', 'agents'],
  pact: ['today', 'pacts', 'agents'],
  week: ['weekly', 'agents'],
};

/** `hold.answered` → what to ask again; what is not in the table changes nothing that is shown. */
export const nounsOf = (kind: string): readonly Noun[] => OLD[kind.split('.')[0] ?? ''] ?? [];
