/** The nouns of the house. */
export type { Cause, Decision, Reason, Severity, TrustState } from './decision.ts';
export { DECISIONS, SEVERITIES, TRUST_STATES } from './decision.ts';
export { isJsonObject, type Json, type JsonObject } from './json.ts';
export { formatMoney, minorDigits, parseMoney } from './money.ts';
export { isRole, ROLES, type Role, STAFF } from './role.ts';
export {
  DAY,
  fixedOffset,
  formatSpan,
  formatTime,
  HOUR,
  MINUTE,
  parseShare,
  parseTime,
  SECOND,
  WEEK,
  type ZoneOffset,
} from './time.ts';
export type { CallStep, Conversation, Step } from './trace.ts';
export { UNITS, type Unit, type Units } from './unit.ts';
export { formatWeek, parseWeek, weekAt, weekStart } from './week.ts';
export { type OffsetText, zonesOf } from './zones.ts';
