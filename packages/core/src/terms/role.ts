/** What a key or a person may do. A key acts as the one it was made for. */
export const STAFF = [
  'steward',
  'governance',
  'support_manager',
  'quality_analyst',
  'reviewer',
  'engineer',
  'finance',
  'auditor',
  'viewer',
] as const;
export type StaffRole = (typeof STAFF)[number];
/** Of people, then of keys alone. */
export const ROLES = [...STAFF, 'agent', 'connector'] as const;
export type Role = (typeof ROLES)[number];

export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);
