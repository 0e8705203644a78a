/** What stands on the record, drawn: a conversation, arguments, the reasons of a decision. */
export { Arguments, valueText } from './arguments.tsx';
export { Reasons, valuesOf } from './reasons.tsx';
export { Thread } from './thread.tsx';
