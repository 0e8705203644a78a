/** Why an action was stopped: each rule's sentence, and the values it saw. */
import type { HoldCard } from '@surety/core/wire';
import { Badge, PlainText, Tooltip } from '../ui/index.ts';
import { valueText } from './arguments.tsx';
import css from './record.module.css';

type Reason = Pick<
  HoldCard['holds'][number]['reasons'][number],
  'id' | 'says' | 'why' | 'values' | 'enforced' | 'cause' | 'fact'
>;

const DOUBTS: Readonly<Record<string, string>> = {
  missing: 'nothing says it yet',
  stale: 'what says it is too old',
  conflict: 'what says it disagrees with itself',
};

/** The values a reason saw, in its order. */
export const valuesOf = (values: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] =>
  Object.entries(values).map(([name, value]) => [name.replaceAll('_', ' '), valueText(value)] as const);

export function Reasons({ reasons }: { readonly reasons: readonly Reason[] }) {
  if (reasons.length === 0) return null;
  return (
    <ul className={css['reasons']}>
      {reasons.map((reason) => (
        <li key={`${reason.id} ${reason.says}`}>
          <p className={css['says']}>
            <PlainText text={reason.says} /> <Rule {...reason} />
          </p>
          {reason.why === 'doubt' && <p className={css['quiet']}>{doubtSentence(reason)}</p>}
          <Values values={reason.values} />
        </li>
      ))}
    </ul>
  );
}

const Rule = ({ id, enforced }: Reason) => (
  <span className={css['rule']}>
    <code>{id}</code>
    {!enforced && (
      <Tooltip says="This rule is in shadow: it is recorded and stops nothing.">
        <Badge icon="shadow">in shadow</Badge>
      </Tooltip>
    )}
  </span>
);

function doubtSentence({ fact, cause = '' }: Reason): string {
  const why = DOUBTS[cause] ?? cause.replaceAll('_', ' ');
  const of = fact === undefined ? 'The rule could not be judged' : `It is not known: ${fact.replaceAll('_', ' ')}`;
  return why === ''
    ? `${of}. Doubt never lets an action through.`
    : `${of} (${why}). Doubt never lets an action through.`;
}

function Values({ values }: { readonly values: Readonly<Record<string, unknown>> }) {
  const seen = valuesOf(values);
  if (seen.length === 0) return null;
  return (
    <dl className={css['values']} aria-label="The values it saw">
      {seen.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <PlainText text={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
