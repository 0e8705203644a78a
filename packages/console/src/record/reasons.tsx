/** Why an action was stopped: each rule's sentence, and the values it saw. */
import type { HoldCard } from '@surety/core/wire';
import { Badge, PlainText, Tooltip } from '../ui/index.ts';
import css from './record.module.css';
import { nameWords, valuesOf } from './seen-values.ts';

type Reason = Pick<
  HoldCard['holds'][number]['reasons'][number],
  'id' | 'says' | 'kind' | 'why' | 'values' | 'units' | 'currency' | 'enforced' | 'cause' | 'fact'
>;

const DOUBTS: Readonly<Record<string, string>> = {
  missing_fact: 'nothing has supplied it yet',
  no_such_key: 'part of it is missing',
  wrong_type: 'it does not have the form that the pact expects',
  empty_list: 'the list is empty',
  timeout: 'its source did not answer in time',
  stale: 'it is too old',
};

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
          <Values seen={valuesOf(reason)} />
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
  const of = fact === undefined ? 'The rule could not be judged' : `Not known: ${nameWords(fact)}`;
  return why === ''
    ? `${of}. Doubt never lets an action through.`
    : `${of} (${why}). Doubt never lets an action through.`;
}

function Values({ seen }: { readonly seen: ReturnType<typeof valuesOf> }) {
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
