/** A pact in plain language, from its own sentences by fixed templates: sections of sentences, for any screen. */
import { formatMoney } from '../../terms/money.ts';
import { formatShare, formatSpan } from '../../terms/time.ts';
import { laneExposure } from '../exposure/pact-exposure.ts';
import type { Pact } from '../pact.ts';
import { isHandOver, type LaneFile, type LimitFile, type OwnerFile, type TargetFile } from '../syntax.ts';

/** One sentence, with the condition behind it where there is one: a screen folds it, a terminal may leave it out. */
export interface Sentence {
  readonly says: string;
  readonly id?: string | undefined;
  readonly condition?: string | undefined;
  /** In shadow: tried, without effect yet. */
  readonly shadow?: boolean | undefined;
}

export interface Paragraph {
  readonly opens: string;
  readonly sentences: readonly Sentence[];
}

export interface LaneExplanation {
  readonly lane: string;
  readonly says: string;
  readonly paragraphs: readonly Paragraph[];
}

export interface Explanation {
  readonly pact: string;
  readonly version: number;
  readonly digest: string;
  readonly says: string;
  readonly lanes: readonly LaneExplanation[];
  readonly closing: readonly Paragraph[];
}

export function explainPact(pact: Pact): Explanation {
  const { file, name, version, digest } = pact;
  const fold = folding(file.define);
  return {
    pact: name,
    version,
    digest,
    says: file.says,
    lanes: Object.entries(file.lanes).map(([lane, plan]) => explainLane(pact, lane, plan, fold)),
    closing: [consequences(pact), terms(pact), evidence(pact)].filter(({ sentences }) => sentences.length > 0),
  };
}

type Fold = (condition: string) => string;

/** Names of definitions give way to their sentences: `legal_words || …` reads `[the customer mentions a lawyer] || …`. */
function folding(define: Pact['file']['define']): Fold {
  const words = new Map(Object.entries(define ?? {}).map(([name, { says }]) => [name, `[${lower(says)}]`]));
  return (condition) =>
    condition.replace(/(?<![.\w"'])[a-z_][a-z0-9_]*(?![\w("'])/g, (name) => words.get(name) ?? name);
}

const lower = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);
const toolWords = (name: string): string => name.replaceAll('_', ' ');

/** `refund_checks` → `Refund checks`. */
const title = (name: string): string => {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

function explainLane(pact: Pact, name: string, lane: LaneFile, fold: Fold): LaneExplanation {
  const owner = pact.file.owners[lane.owner];
  const whom = owner ? `${lane.owner} (${people(owner)})` : lane.owner;
  const rules = (list: LaneFile['never']): Sentence[] =>
    (list ?? []).map(({ id, says, when, unless, mode }) => ({
      id,
      says,
      condition: when === undefined ? `unless ${fold(unless ?? '')}` : `when ${fold(when)}`,
      shadow: mode === 'shadow',
    }));
  const paragraphs: Paragraph[] = [
    { opens: 'The agent may', sentences: mayDo(pact, name, lane) },
    { opens: 'It never does this, and is refused if it tries', sentences: rules(lane.never) },
    { opens: `It asks ${whom} first if`, sentences: rules(lane.ask_a_human_if) },
    {
      opens: 'It must',
      sentences: (lane.must ?? []).map(({ id, says, when, mode }) => ({
        id,
        says,
        condition: `when ${fold(when)}`,
        shadow: mode === 'shadow',
      })),
    },
    {
      opens: 'However often it asks',
      sentences: (lane.limits ?? []).map((limit) => ({
        id: limit.id,
        says: limitWords(limit, lane.owner),
        shadow: limit.mode === 'shadow',
      })),
    },
    { opens: 'Looked at by judges', sentences: judged(lane) },
    { opens: 'Every week', sentences: (lane.weekly_targets ?? []).map(targetWords) },
    { opens: 'At most', sentences: exposure(pact, name) },
  ];
  const shadow =
    lane.mode === 'shadow' ? ' This lane is tried in shadow: everything is recorded and nothing is stopped.' : '';
  return {
    lane: name,
    says: `${title(name)}. ${lane.says ?? ''}${shadow}`.trim(),
    paragraphs: paragraphs.filter(({ sentences }) => sentences.length > 0),
  };
}

function people(owner: OwnerFile): string {
  const otherwise = {
    deny: 'otherwise it is refused',
    keep_holding: 'otherwise it keeps waiting',
    route_to_owner: 'otherwise the conversation goes to a person',
  }[owner.then];
  return `${owner.primary}, then ${owner.backup}; ${formatSpan(owner.answer_within)}; ${otherwise}`;
}

function mayDo(pact: Pact, name: string, lane: LaneFile): readonly Sentence[] {
  const tools = Object.entries(lane.may).map(
    ([tool, file]): Sentence =>
      isHandOver(tool, file)
        ? { says: 'hand the conversation over to a person, always and past every rule' }
        : { says: `use ${toolWords(tool)}${file.says ? `: ${lower(file.says)}` : ''}` },
  );
  const hasPerson = Object.entries(lane.may).some(([tool, file]) => isHandOver(tool, file));
  const always = hasPerson ? [] : [{ says: 'always hand over to a person' }];
  return [...tools, ...always, ...parameters(pact, name, lane)];
}

/** `decide alone up to: max amount 50.00 USD (150.00 USD when autonomous)`. */
function parameters(pact: Pact, name: string, lane: LaneFile): readonly Sentence[] {
  const plan = pact.lanes.get(name);
  return Object.entries(lane.parameters ?? {}).map(([key, kind]) => {
    const show = (state: 'limited' | 'autonomous') => {
      const value = plan?.autonomy[state][key];
      if (typeof value !== 'number') return 'nothing';
      return kind === 'money'
        ? formatMoney(value, pact.currency)
        : kind === 'share'
          ? formatShare(value)
          : String(value);
    };
    const [limited, autonomous] = [show('limited'), show('autonomous')];
    return {
      says: `go up to a ${toolWords(key)} of ${limited}${limited === autonomous ? '' : ` (${autonomous} when autonomous)`}`,
    };
  });
}

const WHOSE = {
  conversation: 'in one conversation',
  customer: 'for one customer',
  agent: 'by one agent',
  pact: 'in all',
} as const;

function limitWords(limit: LimitFile, owner: string): string {
  const amount = limit.sum === undefined ? `${String(limit.count)} times` : String(limit.at_most);
  const window = limit.window === undefined ? '' : ` in ${formatSpan(limit.window)}`;
  const then = limit.else === 'deny' ? 'more is refused' : `more waits for ${owner}`;
  return `${limit.says} (${limit.of.map(toolWords).join(', ')}: at most ${amount.replace(/^autonomy\./, 'the ')} ${WHOSE[limit.per]}${window}; ${then})`;
}

function judged(lane: LaneFile): readonly Sentence[] {
  return Object.entries(lane.judged_on ?? {}).map(([name, { when, sample, judges, severity }]) => ({
    says:
      when === 'inline'
        ? `${title(name)}: each action, before it happens, by ${judges.join(' and ')}; a failed one is ${severity}`
        : `${title(name)}: ${formatShare(sample ?? 1_000_000)} of actions afterwards, by ${judges.join(' and ')}; a failed one is ${severity}`,
  }));
}

function targetWords(target: TargetFile): Sentence {
  const bound = target.at_least ?? target.at_most;
  const shown = bound?.kind === 'span' ? formatSpan(bound.value) : formatShare(bound?.value ?? 0);
  const severity = target.of_severity === undefined ? '' : ` of ${target.of_severity} severity`;
  const side = target.at_least === undefined ? 'at most' : 'at least';
  const follows = target.then.length === 0 ? '' : `; otherwise ${target.then.map(toolWords).join(' and ')}`;
  return {
    id: target.id,
    says: `${title(target.metric)}${severity} ${side} ${shown} over ${formatSpan(target.window)}, from ${target.min_sample} on${follows}`,
  };
}

function exposure(pact: Pact, lane: string): readonly Sentence[] {
  const rows = (['limited', 'autonomous'] as const).map((state) => [state, laneExposure(pact, lane, state)] as const);
  if (rows.every(([, { actions }]) => actions.length === 0)) return [];
  return rows.map(([state, { exposure: most, unbounded, by }]) => ({
    says:
      most === null
        ? `${state}: nothing bounds what it can lose in a week by ${unbounded.map(toolWords).join(', ')}, so it cannot become ${state} here`
        : `${state}: ${formatMoney(most, pact.currency)} can be lost in a week without a person looking${by.length > 0 ? ` (${by.join(', ')})` : ''}`,
  }));
}

function consequences({ file }: Pact): Paragraph {
  const sentences = Object.entries(file.on_violation ?? {}).map(([severity, names]) => ({
    says: `After a ${severity} violation that got through and is confirmed: ${(names ?? []).map(toolWords).join(', ')}`,
  }));
  return { opens: 'What follows', sentences };
}

function terms({ file, currency }: Pact): Paragraph {
  const { terms: money } = file;
  if (!money) return { opens: 'Money', sentences: [] };
  const sentences = [
    {
      says: `${formatMoney(money.fee.minor, currency)} for each verified resolution: ${lower(money.resolution.says)}; settled after ${formatSpan(money.resolution.settles_after)}`,
    },
    ...(money.holdback
      ? [{ says: `${formatShare(money.holdback.share)} is held back for ${formatSpan(money.holdback.release_after)}` }]
      : []),
  ];
  return { opens: 'Money', sentences };
}

const evidence = ({ file: { evidence: kept } }: Pact): Paragraph => ({
  opens: 'Evidence',
  sentences: [
    { says: `Kept for ${formatSpan(kept.keep)}; personal values are erased after ${formatSpan(kept.erase_after)}` },
  ],
});
