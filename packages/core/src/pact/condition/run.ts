/** What a compiled condition runs on: a frame of slots, filled when they are first read. */
import type { Unknown, Value } from './unknown.ts';

/** A compiled term. Never throws; doubt is a value. */
export type Run = (frame: Frame) => Value;
/** Makes the closure of a call from those of its arguments. */
export type Build = (args: readonly Run[]) => Run;

/** What the conversation so far can be asked. */
export interface TraceView {
  /** How often the tool succeeded, on a target if one is given. */
  times(tool: string, target?: string): number | Unknown;
  /** The latest successful step of the tool. */
  last(tool: string): Value;
  /** Whether the same tool succeeded with the same arguments, given as their canonical text. */
  repeats(tool: string, argsText: string): boolean | Unknown;
  /** Whether the customer wrote one of the phrases of a list that the pact registered under this number. */
  customerSaid(phrases: number): boolean | Unknown;
}

export interface Frame {
  readonly values: (Value | undefined)[];
  readonly locals: Value[];
  readonly trace: TraceView;
  /** Units of work left for this decision. */
  budget: number;
  /** Computes the value of a slot that is read for the first time: a fact or a definition. */
  resolve(slot: number): Value;
  /** Minutes from UTC of the pact's zone, or of another one, at an instant. */
  offset(zone: string | undefined, atMs: number): number | undefined;
}
