/** What may become of a conversation, and who may have closed it. */
export const OUTCOMES = [
  'resolved',
  'reopened',
  'recontact',
  'csat',
  'refund_reversed',
  'csat_asked',
  'asked_for_person',
  'escalated',
  'acknowledged',
  'replied',
  'merged',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const CLOSERS = ['agent', 'person', 'silence', 'automation'] as const;
export type Closer = (typeof CLOSERS)[number];
