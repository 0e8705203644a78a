/** One of the things to see. */
import type { ReactNode } from 'react';
import css from './first.module.css';

export const Step = ({
  n,
  title,
  children,
}: {
  readonly n: number;
  readonly title: string;
  readonly children: ReactNode;
}) => (
  <li className={css['step']}>
    <span className={css['number']} aria-hidden>
      {n}
    </span>
    <section className={css['stepBody']} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  </li>
);
