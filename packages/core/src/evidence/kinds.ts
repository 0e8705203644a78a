/** The closed list of entry kinds (ledger.md § 1.2), each with its one schema. It grows only with the format's version. */
import type { z } from 'zod';
import { ACTION_KINDS } from './kinds/action.ts';
import { AGENT_KINDS } from './kinds/agent.ts';
import { JUDGEMENT_KINDS } from './kinds/judgement.ts';
import { LEDGER_KINDS } from './kinds/ledger.ts';

export const KINDS = { ...LEDGER_KINDS, ...AGENT_KINDS, ...ACTION_KINDS, ...JUDGEMENT_KINDS };

export type Kind = keyof typeof KINDS;
/** What an entry of a kind says. */
export type DataOf<K extends Kind> = z.infer<(typeof KINDS)[K]>;

export const isKind = (type: string): type is Kind => Object.hasOwn(KINDS, type);

/** An entry as it is decided, before the ledger gives it its place. `stream` is `<agent>/<lane>`. */
export type Draft<K extends Kind = Kind> = {
  [T in K]: { readonly id: string; readonly type: T; readonly stream?: string; readonly data: DataOf<T> };
}[K];

/** An entry in its place: the envelope without `v`. */
export type Placed<K extends Kind = Kind> = {
  [T in K]: {
    readonly seq: number;
    readonly id: string;
    readonly type: T;
    /** Unix milliseconds, never less than the entry before. */
    readonly at: number;
    /** `person:dana.kim`, `agent:support-bot`, `consumer:clock`, `system:ledger` … */
    readonly by: string;
    readonly stream?: string | undefined;
    readonly n?: number | undefined;
    readonly data: DataOf<T>;
  };
}[K];
