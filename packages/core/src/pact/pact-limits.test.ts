/** Every limit of a pact, a condition and a trace at n, where it holds, and at n + 1, where it is told. */
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../crypto/bytes.ts';
import type { Json, JsonObject } from '../terms/json.ts';
import type { Step } from '../terms/trace.ts';
import { Unknown } from './condition/unknown.ts';
import { ConversationMemory } from './evaluate/conversation-memory.ts';
import { baseValues, DecisionFrame } from './evaluate/decision-frame.ts';
import { evaluate } from './evaluate/evaluate.ts';
import { NOTHING_GIVEN } from './evaluate/given.ts';
import { loadPact } from './load.ts';
import type { Pact } from './pact.ts';
import { PACT_LIMITS } from './pact-limits.ts';

const L = PACT_LIMITS;
const args = {
  type: 'object',
  additionalProperties: false,
  properties: { n: { type: 'integer' }, text: { type: 'string' }, xs: { type: 'array', items: { type: 'integer' } } },
};
const rule = (id: string, more: object) => ({ id, says: 'A rule', severity: 'minor', ...more });
const idOf = (i: number) => `${'ABCDEFGHIJ'[Math.floor(i / 900)] ?? 'Z'}-${(i % 900) + 1}`;
const rules = (n: number, more: object) => Array.from({ length: n }, (_, i) => rule(idOf(i), more));
const times = (n: number, name: (i: number) => string, value: (i: number) => unknown) =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [name(i), value(i)]));
const owner = { primary: 'kim', backup: 'lou', answer_within: '1h', then: 'deny' };

interface Parts {
  readonly lane?: object;
  readonly root?: object;
  readonly may?: object;
}
const fileOf = ({ lane = {}, root = {}, may = {} }: Parts) => ({
  pact: 'limits',
  format: 1,
  version: 1,
  says: 'A pact of some size',
  author: 'kim',
  agents: ['bot'],
  currency: 'USD',
  zone: 'UTC',
  owners: { desk: owner },
  lanes: { work: { owner: 'desk', mode: 'enforce', may: { act: { args, target: 'text', ...may } }, ...lane } },
  reads: { get_list: {} },
  facts: { numbers: { from: 'trace', tools: ['get_list'], take: 'latest', type: 'list<int>' } },
  consequences: {},
  evidence: { keep: '400d', personal: ['trace.text', 'action.args.text'], erase_after: '90d' },
  ...root,
});
const read = (parts: Parts, pad = 0, rubric = 0) =>
  loadPact('pact.yaml', encodeUtf8(JSON.stringify(fileOf(parts)) + ' '.repeat(pad)), () =>
    rubric > 0 ? new Uint8Array(rubric).fill(97) : undefined,
  );
const errorsOf = (parts: Parts, pad = 0, rubric = 0): string[] =>
  read(parts, pad, rubric)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);
const never = (condition: string, more: object = {}) => ({ never: [rule('P-1', { when: condition, ...more })] });
const sizeOf = (parts: Parts) => encodeUtf8(JSON.stringify(fileOf(parts))).length;

function getPact(parts: Parts): Pact {
  const { pact, diagnostics } = read(parts);
  if (!pact) throw new Error(JSON.stringify(diagnostics));
  return pact;
}

const nested = (n: number): Json => (n === 0 ? 'x' : { a: nested(n - 1) });
const rubricLane = {
  judged_on: { fine: { rubric: './fine.md', when: 'after', sample: '10%', judges: ['a'], severity: 'minor' } },
};
const account = (timeout: string) => ({
  root: { facts: { account: { from: 'http', url: 'https://crm.example/a', timeout, max_age: '1m', type: 'bool' } } },
  lane: never('account'),
});
const nodes = (n: number) =>
  `${n % 2 === 0 ? '!' : ''}${Array.from({ length: Math.ceil(n / 2) }, () => 'true').join(' || ')}`;
const loops = ['a', 'b', 'c'].map((name) => (body: string) => `action.args.xs.all(${name}, ${body})`);
const nest = (n: number) => loops.slice(0, n).reduceRight((body, loop) => loop(body), 'true');

/** Keeps the lane's only list short, so that what is measured is the nesting. */
const short = {
  may: {
    args: {
      ...args,
      properties: { ...args.properties, xs: { type: 'array', maxItems: 3, items: { type: 'integer' } } },
    },
  },
};

const CHECKED: readonly (readonly [keyof typeof L, (n: number) => string[], string])[] = [
  ['fileBytes', (n) => errorsOf({}, n - sizeOf({})), 'limit_file_bytes'],
  [
    'allFilesBytes',
    (n) => errorsOf({ lane: rubricLane }, 0, n - sizeOf({ lane: rubricLane })),
    'limit_all_files_bytes',
  ],
  [
    'yamlDepth',
    (n) => errorsOf({ may: { args: nested(n - 5) } }).filter((code) => code === 'yaml_depth'),
    'yaml_depth',
  ],
  [
    'lanes',
    (n) =>
      errorsOf({
        root: {
          lanes: times(
            n,
            (i) => `lane_${i}`,
            (i) => ({ owner: 'desk', mode: 'enforce', may: { [`act_${i}`]: { args } } }),
          ),
        },
      }),
    'limit_lanes',
  ],
  ['rules', (n) => errorsOf({ lane: { never: rules(n, { when: 'action.args.n == 1' }) } }), 'limit_rules'],
  [
    'limitsPerTool',
    (n) => errorsOf({ lane: { limits: rules(n, { of: ['act'], per: 'conversation', count: 9, else: 'hold' }) } }),
    'limit_tool_limits',
  ],
  [
    'duties',
    (n) =>
      errorsOf({ lane: { must: rules(n, { when: 'true', do: ['act'], within: '2 replies', if_missed: 'hold' }) } }),
    'limit_duties',
  ],
  [
    'definitions',
    (n) =>
      errorsOf({
        root: {
          define: times(
            n,
            (i) => `d${i}`,
            () => ({ says: 'One', cel: '1' }),
          ),
        },
      }),
    'limit_definitions',
  ],
  [
    'facts',
    (n) =>
      errorsOf({
        root: {
          facts: times(
            n,
            (i) => `f${i}`,
            () => ({ from: 'caller', type: 'int' }),
          ),
        },
      }),
    'limit_facts',
  ],
  [
    'types',
    (n) =>
      errorsOf({
        root: {
          types: times(
            n,
            (i) => `T${i}`,
            () => ({ a: 'int' }),
          ),
        },
      }),
    'limit_types',
  ],
  [
    'owners',
    (n) =>
      errorsOf({
        root: {
          owners: {
            desk: owner,
            ...times(
              n - 1,
              (i) => `o${i}`,
              () => owner,
            ),
          },
        },
      }),
    'limit_owners',
  ],
  [
    'consequences',
    (n) =>
      errorsOf({
        root: {
          consequences: times(
            n,
            (i) => `c${i}`,
            () => ({ kind: 'operational', set_state: 'supervised' }),
          ),
        },
      }),
    'limit_consequences',
  ],
  ['expressionChars', (n) => errorsOf({ lane: never('action.args.n == 1'.padEnd(n)) }), 'limit_expression_chars'],
  ['expressionNodes', (n) => errorsOf({ lane: never(nodes(n)) }), 'limit_expression_nodes'],
  ['nesting', (n) => errorsOf({ ...short, lane: never(nest(n)) }), 'nesting'],
  [
    'literalItems',
    (n) => errorsOf({ lane: never(`action.args.n in [${Array.from({ length: n }, (_, i) => i).join(',')}]`) }),
    'limit_literal_items',
  ],
  ['httpFactTimeoutMs', (n) => errorsOf(account(`${n}ms`)), 'limit_http_timeout'],
  ['sentenceChars', (n) => errorsOf({ root: { says: 'x'.repeat(n) } }), 'limit_sentence_chars'],
  [
    'windowDays',
    (n) =>
      errorsOf({
        lane: { limits: [rule('P-1', { of: ['act'], per: 'agent', window: `${n}d`, count: 1, else: 'hold' })] },
      }),
    'limit_window_days',
  ],
];

describe('what is checked', () => {
  it.each(CHECKED)('%s', (name, errors, code) => {
    expect(errors(L[name])).toEqual([]);
    expect(errors(L[name] + 1)).toEqual([code]);
  });
});

describe('cost', () => {
  const xs = 'action.args.xs';
  const many = { type: 'array', maxItems: 99, items: { type: 'integer' } };
  const may = { args: { ...args, properties: { ...args.properties, xs: many } } };
  /** Two loops over 99 numbers, padded with additions and a `!` to exactly the most that one expression may cost. */
  const dearest = `!(1 + 1 > 0 || ${xs}.all(x, ${'1 + '.repeat(6)}x > 0 || ${xs}.all(y, x + x + x + y > 0)))`;

  it('costPerExpression', () => {
    const rules = getPact({ may, lane: never(dearest) }).tools.get('act')?.rules;
    expect(rules?.[0]?.condition.cost).toBe(L.costPerExpression);
    expect(errorsOf({ may, lane: never(`!${dearest}`) })).toEqual(['too_dear']);
  });

  it('costPerLane', () => {
    const n = L.costPerLane / L.costPerExpression;
    const rules = Array.from({ length: n }, (_, i) => rule(`P-${i}`, { when: dearest }));
    expect(errorsOf({ may, lane: { never: rules } })).toEqual([]);
    expect(errorsOf({ may, lane: { never: [...rules, rule('Q-1', { when: 'true' })] } })).toEqual(['too_dear']);
  });

  it('stepsPerDecision', () => {
    const pact = getPact({ lane: never('trace.times("act") == 1 || trace.times("act") == 2') });
    const [condition, tool] = [pact.tools.get('act')?.rules[0]?.condition, pact.tools.get('act')];
    const frame = () => {
      const memory = new ConversationMemory(pact, { id: 'c1' }, () => 0).trace;
      const sources = { pact, memory, now: 0, offset: () => 0, undatedIsFresh: false, given: NOTHING_GIVEN };
      return new DecisionFrame(sources, tool?.slots ?? [], baseValues(undefined, { id: 'c1' }, 0, {}, {}));
    };
    const whole = frame();
    expect(whole.budget).toBe(L.stepsPerDecision);
    expect(condition?.run(whole)).toBe(false);
    const need = L.stepsPerDecision - whole.budget;
    const [enough, short] = [frame(), frame()];
    enough.budget = need;
    short.budget = need - 1;
    expect(condition?.run(enough)).toBe(false);
    expect(condition?.run(short)).toMatchObject({ cause: 'over_budget' });
  });
});

describe('what arrives', () => {
  const pact = getPact({
    lane: { ...never('trace.customer_said(["fire"])'), ask_a_human_if: [rule('P-2', { when: 'size(numbers) > 999' })] },
  });
  function reasons(sent: JsonObject, steps: readonly Step[] = []): string[] {
    const memory = new ConversationMemory(pact, { id: 'c1' }, () => 0);
    for (const step of [list('[1]'), ...steps]) memory.observe(step);
    return evaluate(pact, {
      proposal: { tool: 'act', args: sent },
      agent: 'bot',
      conversation: { id: 'c1' },
      memory,
      now: 0,
      offset: () => 0,
      state: 'autonomous',
      given: NOTHING_GIVEN,
      judges: {},
      used: () => 0,
      undatedIsFresh: false,
    }).reasons.map(({ id, cause }) => (cause ? `${id} ${cause}` : id));
  }
  const list = (result_text: string): Step => ({
    kind: 'call',
    call_id: 'k',
    tool: 'get_list',
    args: {},
    result_text,
    at: 0,
  });
  const said = (length: number): Step => ({ kind: 'customer', text: 'x'.repeat(length), at: 0 });
  const xs = (n: number) => Array.from({ length: n }, () => 1);
  const longText = (bytes: number): JsonObject => ({ text: 'é'.repeat((bytes - '{"text":""}'.length) / 2) });
  const spread = (total: number) =>
    Array.from({ length: 10 }, (_, i) => said(L.stepTextChars - (i === 9 ? 10 * L.stepTextChars - total : 0)));

  it.each([
    [
      'argsBytes',
      (n: number) => reasons(n % 2 === 0 ? { text: `${longText(n - 1)['text']}x` } : longText(n)),
      ['schema'],
    ],
    ['listItems', (n: number) => reasons({ xs: xs(n) }), ['schema']],
    ['listItems', (n: number) => reasons({}, [list(JSON.stringify(xs(n)))]), ['P-2 too_long']],
    ['factBytes', (n: number) => reasons({}, [list('[1]'.padEnd(n))]), ['P-2 too_long']],
    ['stepTextChars', (n: number) => reasons({}, [said(n)]), ['P-1 too_long']],
    [
      'traceTextChars',
      (n: number) => reasons({}, n > L.traceTextChars ? [...spread(n - 1), said(1)] : spread(n)),
      ['P-1 too_long'],
    ],
  ] as const)('%s', (name, run, over) => {
    expect(run(L[name])).toEqual([]);
    expect(run(L[name] + 1)).toEqual(over);
  });

  it('traceSteps: targets and calls that are remembered; what did not fit can no longer be denied', () => {
    const memory = (n: number) => {
      const { trace } = new ConversationMemory(pact, { id: 'c1' }, () => 0);
      for (let i = 0; i < n; i++)
        trace.observe({ kind: 'call', call_id: 'k', tool: 'act', args: { text: `t${i}` }, result: {} });
      return trace;
    };
    expect(memory(L.traceSteps).times('act', 'other')).toBe(0);
    expect(memory(L.traceSteps + 1).times('act', 'other')).toBeInstanceOf(Unknown);
    expect(memory(L.traceSteps + 1).times('act', 't0')).toBe(1);
    expect(memory(L.traceSteps + 1).times('act')).toBe(L.traceSteps + 1);
  });
});

it('leaves no limit untested', () => {
  const tested = [
    ...CHECKED.map(([name]) => name),
    'costPerExpression',
    'costPerLane',
    'stepsPerDecision',
    'traceSteps',
  ];
  const arriving = ['argsBytes', 'listItems', 'factBytes', 'stepTextChars', 'traceTextChars'];
  expect([...tested, ...arriving].sort()).toEqual(Object.keys(L).sort());
  expect(Object.isFrozen(L)).toBe(true);
});
