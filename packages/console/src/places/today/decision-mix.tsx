/** How the decisions divide: the figures, and a bar that only repeats them. */
import { numberText } from '../../ui/index.ts';
import css from './today.module.css';

export function DecisionMix({
  allow,
  hold,
  deny,
  handOvers,
}: {
  readonly allow: number;
  readonly hold: number;
  readonly deny: number;
  readonly handOvers: number;
}) {
  const all = allow + hold + deny;
  const parts = [
    { key: 'allow', says: 'Allowed', n: allow },
    { key: 'hold', says: 'Held', n: hold },
    { key: 'deny', says: 'Denied', n: deny },
  ];
  const share = (n: number) => (all === 0 ? 0 : (100 * n) / all);
  return (
    <>
      <svg className={css['mixBar']} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden>
        {parts.map(({ key, n }, at) => (
          <rect
            key={key}
            className={css[key]}
            x={parts.slice(0, at).reduce((sum, part) => sum + share(part.n), 0)}
            width={Math.max(0, share(n) - 0.3)}
            height="8"
          />
        ))}
      </svg>
      <dl className={css['counts']}>
        {parts.map(({ key, says, n }) => (
          <div key={key}>
            <dt>{says}</dt>
            <dd>{numberText(n)}</dd>
          </div>
        ))}
        <div>
          <dt>Handed over</dt>
          <dd>{numberText(handOvers)}</dd>
        </div>
      </dl>
      <p className={css['faint']}>
        {all === 0 ? 'No action was decided in this period.' : `n = ${numberText(all)}, recordings not counted.`}
      </p>
    </>
  );
}
