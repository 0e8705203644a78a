/** What stands on the record, drawn: a conversation, arguments, the reasons of a decision. */
export { Arguments, valueText } from './arguments.tsx';
export { Reasons } from './reasons.tsx';
export { nameWords, shownText, valuesOf } from './seen-values.ts';
export { Thread } from './thread.tsx';
