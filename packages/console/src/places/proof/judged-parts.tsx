/** What a decision was judged by and on: rules, limits, facts. */
import type { DecisionFull } from '@surety/core/wire';
import { Link } from 'wouter';
import { links } from '../../links.ts';
import { nameWords, shownText, valuesOf } from '../../record/index.ts';
import { Badge, Empty, moneyText, PlainText, Section, Table } from '../../ui/index.ts';
import { ShadowBadge } from '../../words/index.ts';
import css from './proof.module.css';

type Rule = DecisionFull['rules'][number];
type Limit = DecisionFull['limits'][number];

const KINDS = { never: 'never', ask_a_human_if: 'asks a person', limit: 'limit', must: 'duty' } as const;

export function RulesPart({ rules }: { readonly rules: readonly Rule[] }) {
  if (rules.length === 0) return <Empty title="No rule in the pact is about this tool." />;
  // What spoke against it first, then what could not be judged.
  const order = { fired: 0, not_judged: 1, passed: 2 };
  const sorted = rules.toSorted((a, b) => order[a.outcome] - order[b.outcome]);
  return (
    <Table
      label="Every rule"
      rows={sorted}
      keyOf={({ id }) => id}
      columns={[
        { head: 'Rule', cell: ({ id }) => <code>{id}</code>, width: '16%' },
        { head: 'Says', cell: (rule) => <Says {...rule} /> },
        { head: 'Kind', cell: ({ kind }) => KINDS[kind], width: '14%' },
        { head: 'Result', cell: (rule) => <Outcome {...rule} />, width: '16%' },
      ]}
    />
  );
}

const Says = ({ says, why, outcome, ...seen }: Rule) => (
  <>
    <PlainText text={says} />
    {outcome === 'not_judged' && why !== null && <span className={css['saw']}>{why}</span>}
    {Object.keys(seen.values).length > 0 && (
      <span className={css['saw']}>
        saw{' '}
        {valuesOf(seen)
          .map(([name, text]) => `${name} = ${text}`)
          .join(', ')}
      </span>
    )}
  </>
);

function Outcome({ outcome, decision, enforced, why }: Rule) {
  if (outcome === 'passed') return <Badge icon="check">passed</Badge>;
  if (outcome === 'not_judged') return <Badge icon="info">not judged</Badge>;
  if (!enforced) return <ShadowBadge />;
  const word = why === 'doubt' ? 'in doubt' : 'fired';
  return (
    <Badge tone={decision === 'deny' ? 'deny' : 'hold'} icon={decision === 'deny' ? 'cross' : 'hold'}>
      {word}
    </Badge>
  );
}

export function LimitsPart({
  limits,
  currency,
}: {
  readonly limits: readonly Limit[];
  readonly currency: string | undefined;
}) {
  if (limits.length === 0) return null;
  return (
    <Section title="Limits as they stood">
      <Table
        label="Limits as they stood"
        rows={limits}
        keyOf={({ id }) => id}
        columns={[
          { head: 'Limit', cell: ({ id }) => <code>{id}</code>, width: '16%' },
          { head: 'Says', cell: ({ says }) => <PlainText text={says} /> },
          { head: 'Used before', cell: (limit) => amountOf(limit, limit.used, currency), isNumber: true, width: '14%' },
          {
            head: 'This action',
            cell: (limit) => amountOf(limit, limit.amount, currency),
            isNumber: true,
            width: '14%',
          },
          { head: 'At most', cell: (limit) => amountOf(limit, limit.at_most, currency), isNumber: true, width: '12%' },
        ]}
      />
    </Section>
  );
}

const amountOf = ({ counts }: Limit, amount: number | null, currency: string | undefined): string => {
  if (amount === null) return 'not recorded';
  return counts === 'money' && currency !== undefined ? moneyText(amount, currency) : String(amount);
};

export function FactsPart({ facts }: { readonly facts: DecisionFull['facts'] }) {
  if (facts.length === 0) return null;
  return (
    <Section title="Facts it was judged on" sentence="Never the agent’s or the customer’s word.">
      <Table
        label="Facts"
        rows={facts}
        keyOf={({ name }) => name}
        columns={[
          { head: 'Fact', cell: ({ name }) => nameWords(name), width: '22%' },
          {
            head: 'Value',
            cell: ({ name, value, cause, ...units }) =>
              cause === null ? (
                <PlainText text={shownText(value ?? null, name, units)} />
              ) : (
                <span className={css['quiet']}>unknown: {cause.replaceAll('_', ' ')}</span>
              ),
          },
          { head: 'From', cell: (fact) => <From {...fact} />, width: '28%' },
        ]}
      />
    </Section>
  );
}

const From = ({ from, tool, seq, by }: DecisionFull['facts'][number]) => (
  <p>
    {from === 'trace'
      ? `the result of ${tool ?? 'a tool'}`
      : from === 'caller'
        ? `vouched for by ${by ?? 'the caller'}`
        : from}
    {seq !== null && (
      <>
        , <Link href={links.entry(seq)}>entry {seq}</Link>
      </>
    )}
  </p>
);
