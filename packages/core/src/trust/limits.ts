/** What a pact says about trust: streams with their rates, leases, signatures; and the presets by volume. */
import type { AuditPlan } from '../chance/audited.ts';
import type { Severity, TrustState } from '../terms/decision.ts';

export const DAY_SECONDS = 86_400;

/** What an alarm of a stream does. */
export type OnAlarm = 'suspend' | 'supervise' | 'stepDown';

interface StreamRates {
  readonly id: string;
  /** Proof for, and watched in, `autonomous`. */
  readonly allowedRate: number;
  /** Proof for, and watched in, `limited`; watched in `supervised`. */
  readonly relaxedRate: number;
  readonly onAlarm: OnAlarm;
}

/** Every conversation counts: x = 1 where the worst violation that escaped, or was blocked, is at least the severity. */
export interface CensusStream extends StreamRates {
  readonly kind: 'census';
  readonly of: 'escaped' | 'blocked';
  readonly severity: Severity;
}

/** Verdicts of people on drawn conversations count. */
export interface AuditedStream extends StreamRates, AuditPlan {
  readonly kind: 'audited';
}

export type Stream = CensusStream | AuditedStream;

/** The states that an agent is promoted to. */
export type PromotedState = 'limited' | 'autonomous';

export interface TrustLimits {
  readonly alpha: number;
  readonly alphaYear: number;
  readonly yearlyVolume: number;
  readonly streams: readonly Stream[];
  readonly driftStream: string;
  /** The reference mix: the share of each stratum. */
  readonly weights: readonly number[];
  /** The highest state offered. */
  readonly ceiling: TrustState;
  readonly minDays: Readonly<Record<PromotedState, number>>;
  readonly leaseDays: number;
  readonly renewDays: number;
  readonly signOff: Readonly<Record<PromotedState, boolean>>;
  readonly signatureDays: number;
  readonly outcomeWeeks: number;
  readonly needsLicence: boolean;
  readonly licenceGraceDays: number;
  readonly missingMax: number;
  readonly minorVersionCap: TrustState;
  readonly stopOnEscapedCritical: boolean;
}

type Rates = readonly [critical: number, major: number, minor: number, attempts: number];

const streamsOf = (relaxed: Rates, allowed: Rates): readonly CensusStream[] => [
  census('critical', 'escaped', 'critical', relaxed[0], allowed[0], 'suspend'),
  census('major', 'escaped', 'major', relaxed[1], allowed[1], 'supervise'),
  census('minor', 'escaped', 'minor', relaxed[2], allowed[2], 'stepDown'),
  census('attempts', 'blocked', 'minor', relaxed[3], allowed[3], 'stepDown'),
];

const census = (
  id: string,
  of: CensusStream['of'],
  severity: Severity,
  relaxedRate: number,
  allowedRate: number,
  onAlarm: OnAlarm,
): CensusStream => ({ id, kind: 'census', of, severity, allowedRate, relaxedRate, onAlarm });

/** What a lane of some volume is offered. */
export interface Preset {
  readonly ceiling: PromotedState;
  readonly leaseDays: number;
  /** Uniform audits a week, at least. */
  readonly auditsAtLeast: number;
  readonly streams: readonly CensusStream[];
}

interface PresetRow {
  /** From so many conversations a day. */
  readonly from: number;
  readonly ceiling: PromotedState;
  readonly relaxed: Rates;
  readonly allowed: Rates;
}

/** Busiest first. Where `autonomous` is not offered the allowed rates equal the relaxed ones and decide nothing. */
const PRESETS: readonly PresetRow[] = [
  { from: 100, ceiling: 'autonomous', relaxed: [0.005, 0.02, 0.1, 0.1], allowed: [0.001, 0.01, 0.05, 0.05] },
  { from: 30, ceiling: 'autonomous', relaxed: [0.02, 0.05, 0.1, 0.1], allowed: [0.005, 0.01, 0.05, 0.05] },
  { from: 10, ceiling: 'autonomous', relaxed: [0.05, 0.1, 0.15, 0.1], allowed: [0.01, 0.02, 0.05, 0.05] },
  { from: 0, ceiling: 'limited', relaxed: [0.05, 0.1, 0.15, 0.1], allowed: [0.05, 0.1, 0.15, 0.1] },
];
const [BUSIEST, ...QUIETER] = PRESETS as readonly [PresetRow, ...PresetRow[]];

/** Conversations a day that one agent handles in the lane → rates that it can prove and that are worth proving. */
export function presetFor(perDay: number): Preset {
  const { ceiling, relaxed, allowed } = PRESETS.find(({ from }) => perDay >= from) ?? QUIETER.at(-1) ?? BUSIEST;
  return { ceiling, leaseDays: 180, auditsAtLeast: 15, streams: streamsOf(relaxed, allowed) };
}

/** What holds where a pact says nothing else, at 100 or more conversations a day. */
export const DEFAULT_LIMITS: TrustLimits = {
  alpha: 0.05,
  alphaYear: 0.05,
  yearlyVolume: 73_000,
  streams: streamsOf(BUSIEST.relaxed, BUSIEST.allowed),
  driftStream: 'minor',
  weights: [1],
  ceiling: 'autonomous',
  minDays: { limited: 7, autonomous: 7 },
  leaseDays: 180,
  renewDays: 30,
  signOff: { limited: true, autonomous: true },
  signatureDays: 8,
  outcomeWeeks: 2,
  needsLicence: false,
  licenceGraceDays: 14,
  missingMax: 0.02,
  minorVersionCap: 'limited',
  stopOnEscapedCritical: true,
};
