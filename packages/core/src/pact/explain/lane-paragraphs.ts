/** What a lane says: what the agent may, never does, asks for, must do, and how far it can go. */
import { formatShare, formatSpan } from '../../terms/time.ts';
import { laneExposure } from '../exposure/pact-exposure.ts';
import type { Pact } from '../pact.ts';
import { isHandOver, type LaneFile, type LimitFile, type RuleFile, type TargetFile } from '../syntax.ts';
import type { LaneExplanation, Paragraph, Sentence } from './explanation.ts';
import { amount, consequencesWords, folding, list, lower, money, name, people, timesWords, title } from './words.ts';

const IN_SHADOW = 'tried in shadow, without effect yet';

export function explainLane(pact: Pact, laneName: string, lane: LaneFile): LaneExplanation {
  const owner = pact.file.owners[lane.owner];
  const whom = owner ? `${lane.owner} (${people(owner)})` : lane.owner;
  const fold = folding(pact.file.define);
  const paragraphs: Paragraph[] = [
    { opens: 'The agent may', sentences: mayDo(lane) },
    { opens: 'It decides alone within', sentences: parameters(pact, laneName, lane) },
    {
      opens: 'It never does this, and is refused if it tries',
      sentences: (lane.never ?? []).map((rule) => ruleSentence(rule, lane, fold)),
    },
    {
      opens: `It first asks ${whom} if`,
      sentences: (lane.ask_a_human_if ?? []).map((rule) => ruleSentence(rule, lane, fold)),
    },
    { opens: 'It must', sentences: duties(lane, fold) },
    {
      opens: 'It stays within these limits',
      sentences: (lane.limits ?? []).map((limit) => limitSentence(pact, laneName, limit, lane.owner)),
    },
    { opens: 'Judges look at', sentences: judged(lane) },
    { opens: 'Every week', sentences: (lane.weekly_targets ?? []).map((target) => targetSentence(pact, target)) },
    { opens: 'The most it can lose unreviewed in a week', sentences: exposure(pact, laneName) },
  ];
  const says = [
    `${title(laneName)}.`,
    ...(lane.says ? [`${lane.says}.`] : []),
    ...(lane.mode === 'shadow' ? ['This lane is tried in shadow: everything is recorded and nothing is stopped.'] : []),
    ...(lane.when_unreachable === 'deny' ? ['When the gate cannot be reached, every action here is refused.'] : []),
  ];
  return {
    lane: laneName,
    says: says.join(' '),
    paragraphs: paragraphs.filter(({ sentences }) => sentences.length > 0),
  };
}

function mayDo(lane: LaneFile): readonly Sentence[] {
  const tools = Object.entries(lane.may);
  const acts = tools
    .filter(([tool, file]) => !isHandOver(tool, file))
    .map(([tool, { says }]): Sentence => ({ says: says ? `${lower(says)} (${name(tool)})` : `use ${name(tool)}` }));
  const queues = tools
    .filter(([tool, file]) => isHandOver(tool, file))
    .flatMap(([, file]) => Object.entries(file.queues ?? {}).map(([queue, owner]) => `${queue} to ${owner}`));
  const where = queues.length > 0 ? ` (${list(queues)})` : '';
  return [...acts, { says: `always hand over to a person, past every rule and limit${where}` }];
}

/** `max_amount 50.00 USD (150.00 USD when autonomous)`. */
function parameters(pact: Pact, laneName: string, lane: LaneFile): readonly Sentence[] {
  return Object.keys(lane.parameters ?? {}).map((key) => ({
    says: `${name(key)} ${valueOf(pact, laneName, key, String)}`,
  }));
}

function valueOf(pact: Pact, laneName: string, key: string, count: (n: number) => string): string {
  const kind = pact.file.lanes[laneName]?.parameters?.[key];
  const [limited, autonomous] = (['limited', 'autonomous'] as const).map((state) => {
    const value = pact.lanes.get(laneName)?.autonomy[state][key];
    if (typeof value !== 'number') return 'nothing';
    return kind === 'money' ? money(value, pact.currency) : kind === 'share' ? formatShare(value) : count(value);
  });
  return limited === autonomous ? `${limited}` : `${limited} (${autonomous} when autonomous)`;
}

function ruleSentence(rule: RuleFile, lane: LaneFile, fold: (condition: string) => string): Sentence {
  const { id, says, when, unless, on, mode, if_unknown, trusts_text } = rule;
  const acts = Object.keys(lane.may).filter((tool) => !isHandOver(tool, lane.may[tool] ?? {}));
  const isPart = on !== undefined && acts.some((tool) => !on.includes(tool));
  return {
    id,
    says,
    condition: when === undefined ? `unless ${fold(unless ?? '')}` : `when ${fold(when)}`,
    remarks: [
      ...(isPart ? [`for ${list((on ?? []).map(name))}`] : []),
      ...(if_unknown === 'deny' ? ['also refused in doubt'] : []),
      ...(trusts_text ? ['relaxed by what the customer or the agent writes'] : []),
      ...(mode === 'shadow' ? [IN_SHADOW] : []),
    ],
  };
}

const duties = (lane: LaneFile, fold: (condition: string) => string): readonly Sentence[] =>
  (lane.must ?? []).map(({ id, says, when, do: tools, within, if_missed, mode, trusts_text }) => {
    const time =
      'ms' in within ? formatSpan(within.ms) : `${within.replies} ${within.replies === 1 ? 'reply' : 'replies'}`;
    const missed = if_missed === 'hold' ? `; if missed, everything else waits for ${lane.owner}` : '';
    return {
      id,
      says: `${says} (${list(tools.map(name), 'or')} within ${time}${missed})`,
      condition: `when ${fold(when)}`,
      remarks: [
        ...(trusts_text ? ['relaxed by what the customer or the agent writes'] : []),
        ...(mode === 'shadow' ? [IN_SHADOW] : []),
      ],
    };
  });

const WHOSE = {
  conversation: 'in one conversation',
  customer: 'for one customer',
  agent: 'by one agent',
  pact: 'in all',
} as const;

function limitSentence(pact: Pact, laneName: string, limit: LimitFile, owner: string): Sentence {
  const written = limit.sum === undefined ? limit.count : limit.at_most;
  const parameter = typeof written === 'string' ? /^autonomy\.(.+)$/.exec(written)?.[1] : undefined;
  const count = limit.sum === undefined ? timesWords : String;
  const most =
    parameter !== undefined
      ? valueOf(pact, laneName, parameter, count)
      : typeof written === 'number'
        ? count(written)
        : amount(written ?? '');
  const window = limit.window === undefined ? '' : ` in ${formatSpan(limit.window)}`;
  const then = limit.else === 'deny' ? 'more is refused' : `more waits for ${owner}`;
  return {
    id: limit.id,
    says: `${limit.says} (${list(limit.of.map(name))}: at most ${most} ${WHOSE[limit.per]}${window}; ${then})`,
    remarks: limit.mode === 'shadow' ? [IN_SHADOW] : [],
  };
}

const judged = (lane: LaneFile): readonly Sentence[] =>
  Object.entries(lane.judged_on ?? {}).map(([key, { when, sample, judges, severity }]) => {
    const which =
      when === 'inline'
        ? 'each action, before it happens'
        : `${formatShare(sample ?? 1_000_000)} of actions, afterwards`;
    return { says: `${title(key)}: ${which}, by ${list(judges)}; a failed one is ${severity}` };
  });

const METRICS: Readonly<Record<TargetFile['metric'], string>> = {
  first_contact_resolution: 'First-contact resolution',
  csat: 'CSAT',
  escalation_latency_p50: 'Half of the escalations are answered within',
  escalation_latency_p90: 'Nine of ten escalations are answered within',
  policy_violation_rate: 'Policy violation rate',
};

function targetSentence({ file }: Pact, target: TargetFile): Sentence {
  const bound = target.at_least ?? target.at_most;
  const shown = bound?.kind === 'span' ? formatSpan(bound.value) : formatShare(bound?.value ?? 0);
  const severity = target.of_severity === undefined ? '' : ` (${target.of_severity})`;
  const side = bound?.kind === 'span' ? '' : target.at_least === undefined ? ' at most' : ' at least';
  const follows = target.then.length === 0 ? '' : `; if missed: ${consequencesWords(file, target.then)}`;
  return {
    id: target.id,
    says: `${METRICS[target.metric]}${severity}${side} ${shown} over ${formatSpan(target.window)}, judged from ${target.min_sample} cases on${follows}`,
  };
}

function exposure(pact: Pact, lane: string): readonly Sentence[] {
  const rows = (['limited', 'autonomous'] as const).map((state) => ({ state, ...laneExposure(pact, lane, state) }));
  if (rows.every(({ actions }) => actions.length === 0)) return [];
  return rows.map(({ state, exposure: most, unbounded, by }) => ({
    says:
      most === null
        ? `${state}: nothing bounds ${list(unbounded.map(name))}, so it cannot become ${state} here`
        : `${state}: ${money(most, pact.currency)}${by.length > 0 ? `, by ${list(by)}` : ''}`,
  }));
}
