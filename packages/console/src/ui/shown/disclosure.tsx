/** More, for whoever wants it. */
import type { ReactNode } from 'react';
import { Icon } from '../icon.tsx';
import css from './shown.module.css';

export function Disclosure({
  says,
  isOpen,
  children,
}: {
  readonly says: ReactNode;
  readonly isOpen?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <details className={css['details']} open={isOpen}>
      <summary>
        <Icon name="right" size={12} />
        {says}
      </summary>
      <div className={css['detailsBody']}>{children}</div>
    </details>
  );
}
