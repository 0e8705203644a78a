/** What is seen before anyone is signed in: one card, one question. */
import { type ReactNode, useEffect } from 'react';
import { Mark } from '../ui/index.ts';
import css from './welcome.module.css';

export function WelcomeCard({
  title,
  sentence,
  children,
}: {
  readonly title: string;
  readonly sentence: ReactNode;
  readonly children?: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Surety`;
  }, [title]);
  return (
    <main className={css['ground']}>
      <div className={css['card']}>
        <div className={css['head']}>
          <Mark size={32} />
          <h1>{title}</h1>
          <p>{sentence}</p>
        </div>
        {children}
      </div>
    </main>
  );
}
