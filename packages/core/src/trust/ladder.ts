/** The trust states as a table: what moves an agent, from where to where. No other file knows it. */
import { TRUST_STATES, type TrustState } from '../terms/decision.ts';

/** A state; `same`: a new epoch where it stands; `stay`: nothing; `to`: what the entry says, if lower; `set`: what it says; `cap`: at most the cap. */
type Cell = TrustState | 'same' | 'stay' | 'to' | 'set' | 'cap';

interface Rung {
  readonly suspended: Cell;
  readonly supervised: Cell;
  readonly limited: Cell;
  readonly autonomous: Cell;
  /** The factor of sampling that follows from it. */
  readonly sampling?: 1 | 3;
}

const rung = (suspended: Cell, supervised: Cell, limited: Cell, autonomous: Cell, sampling?: 1 | 3): Rung => ({
  suspended,
  supervised,
  limited,
  autonomous,
  ...(sampling && { sampling }),
});

// biome-ignore format: a table is read by its columns
export const LADDER = {
  //                          suspended     supervised   limited       autonomous
  'stop.critical':       rung('stay',       'suspended', 'suspended',  'suspended'),
  'stop.chain':          rung('stay',       'suspended', 'suspended',  'suspended'),
  'stop.person':         rung('stay',       'suspended', 'suspended',  'suspended'),
  'alarm.suspend':       rung('stay',       'suspended', 'suspended',  'suspended'),
  'alarm.supervise':     rung('stay',       'same',      'supervised', 'supervised'),
  'alarm.stepDown':      rung('stay',       'same',      'supervised', 'limited'),
  'drift':               rung('stay',       'same',      'supervised', 'limited',    3),
  'outcome':             rung('stay',       'stay',      'supervised', 'limited'),
  'version.major':       rung('same',       'same',      'supervised', 'supervised'),
  'version.undeclared':  rung('same',       'same',      'supervised', 'supervised'),
  'version.minor':       rung('same',       'same',      'cap',        'cap'),
  'pact.changed':        rung('same',       'same',      'same',       'same'),
  'pact.widened':        rung('same',       'same',      'same',       'limited'),
  'consequence':         rung('stay',       'to',        'to',         'to'),
  'weeklyReview.narrow': rung('stay',       'to',        'to',         'to'),
  'lease.expired':       rung('stay',       'stay',      'stay',       'limited'),
  'licence.lost':        rung('stay',       'stay',      'stay',       'limited'),
  'by_hand':             rung('set',        'set',       'set',         'set',        1),
  'released':            rung('supervised', 'stay',      'stay',       'stay',       1),
  'promoted.limited':    rung('stay',       'limited',   'stay',       'stay',       1),
  'promoted.autonomous': rung('stay',       'stay',      'autonomous', 'stay',       1),
} as const satisfies Readonly<Record<string, Rung>>;

export type RungName = keyof typeof LADDER;

/** Something that may move an agent. The first of several with the lowest landing gives the reason. */
export interface Trigger {
  readonly rung: RungName;
  readonly reason: string;
  /** Where the entry itself says how low. */
  readonly to?: TrustState | undefined;
}

/** Where an agent lands, why, and what follows for sampling. */
export interface Move {
  readonly to: TrustState;
  readonly reason: string;
  readonly sampling: 1 | 3 | undefined;
}

const height = (state: TrustState): number => TRUST_STATES.indexOf(state);
export const isHigher = (a: TrustState, b: TrustState): boolean => height(a) > height(b);
const lower = (a: TrustState, b: TrustState): TrustState => (isHigher(a, b) ? b : a);

/** One step down; nobody is suspended by a step. */
export const ONE_BELOW: Readonly<Record<TrustState, TrustState>> = {
  suspended: 'suspended',
  supervised: 'supervised',
  limited: 'supervised',
  autonomous: 'limited',
};

/** Which state a promotion leads to. */
export const NEXT = { supervised: 'limited', limited: 'autonomous' } as const;

function landing(from: TrustState, trigger: Trigger, cap: TrustState): TrustState | undefined {
  const cell: Cell = LADDER[trigger.rung][from];
  if (cell === 'stay') return undefined;
  if (cell === 'same') return from;
  if (cell === 'cap') return lower(from, cap);
  if (cell === 'set') return trigger.to;
  if (cell !== 'to') return cell;
  return trigger.to && isHigher(from, trigger.to) ? trigger.to : undefined;
}

/** The one move that all triggers of an entry together make: the lowest landing, among equals the first. */
export function moveOf(from: TrustState, triggers: readonly Trigger[], cap: TrustState): Move | undefined {
  const moves = triggers.flatMap((trigger): Move[] => {
    const to = landing(from, trigger, cap);
    const { sampling }: Rung = LADDER[trigger.rung];
    return to === undefined ? [] : [{ to, reason: trigger.reason, sampling }];
  });
  const best = moves.reduce<Move | undefined>(
    (low, move) => (!low || isHigher(low.to, move.to) ? move : low),
    undefined,
  );
  return best && { ...best, sampling: moves.find(({ sampling }) => sampling !== undefined)?.sampling };
}
