/** What a guarded call comes to: it ran, it waits for a person, or it may not happen; each with what to tell the agent. */
import type { ActionAnswer } from '@surety/core/wire';
import type { SuretyErrorCode } from './surety-error.ts';

export interface Held {
  /** `hold`: a person decides. `unreachable`: the gate is away, and its pact says that this waits. */
  readonly why: 'hold' | 'unreachable';
  readonly action: string | null;
  readonly hold: ActionAnswer['hold'] | null;
  readonly reasons: ActionAnswer['reasons'];
}

export interface Denied {
  /**
   * `gate`: the pact forbids it. `refused`, `expired`: what became of its hold. `stopped`: the agent is. `conflict`: the
   * call's id belongs to other arguments. `used`: its approval was. `unreachable`: the gate is away. `problem`: the
   * gate could not take the request. `args`: they are not JSON, or not those that were judged.
   */
  readonly why: 'gate' | 'refused' | 'expired' | 'stopped' | 'conflict' | 'used' | 'unreachable' | 'problem' | 'args';
  readonly action: string | null;
  readonly reasons: ActionAnswer['reasons'];
  /** What went wrong on the way, where something did. */
  readonly code?: SuretyErrorCode | undefined;
}

/** `action` is its id at the gate; null where it went on without an answer. */
export type Outcome<R> =
  | { readonly ok: R; readonly action: string | null }
  | { readonly held: Held; readonly tell_the_agent: string }
  | { readonly denied: Denied; readonly tell_the_agent: string };

/** The arguments that may run now. */
export interface Clearance {
  readonly args: unknown;
  readonly action: string | null;
  /** Where a hand-over goes: a wrong queue has become the lane's owner. */
  readonly hand_over: NonNullable<ActionAnswer['hand_over']> | null;
}

/** What the gate, or the lack of it, comes to before anything runs. `isFinal`: asking again changes nothing. */
export type Ruling = { readonly run: Clearance } | NotNow;
export interface NotNow {
  readonly outcome: Exclude<Outcome<never>, { readonly ok: unknown }>;
  readonly isFinal: boolean;
}

export const held = (part: Held, tell_the_agent: string): NotNow => ({
  outcome: { held: part, tell_the_agent },
  isFinal: false,
});

export const denied = (part: Denied, tell_the_agent: string, isFinal: boolean): NotNow => ({
  outcome: { denied: part, tell_the_agent },
  isFinal,
});

export const SENTENCES = {
  held_unreachable:
    'This cannot be checked right now, so it has to wait. Do not try another way; ask again later, or hand the conversation over to a person.',
  denied_unreachable:
    'This cannot be checked right now, so it does not happen. Do not try another way; hand the conversation over to a person.',
  stopped: 'This agent is stopped. Do nothing more, and hand the conversation over to a person.',
  conflict: 'This call was already made with other arguments, so it does not run. Make a new call for new arguments.',
  not_json: 'The arguments of this call are not JSON, so it does not run.',
  other_args: 'What was judged are not exactly these arguments, so this does not run. Hand the conversation over.',
  used: 'This has already run once, and its approval is used up. Do not try it again.',
  lapsed: 'The approval of this is no longer good, so it does not run. Make a new call if it is still wanted.',
} as const;
