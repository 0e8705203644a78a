/** A word with its sign; the colour only repeats what both say. */
import type { ReactNode } from 'react';
import { classes } from '../class-names.ts';
import { Icon, type IconName } from '../icon.tsx';
import css from './shown.module.css';

export type Tone = 'plain' | 'allow' | 'hold' | 'deny' | 'limited' | 'accent';

export function Badge({
  tone = 'plain',
  icon,
  children,
}: {
  readonly tone?: Tone;
  readonly icon?: IconName | undefined;
  readonly children: ReactNode;
}) {
  return (
    <span className={classes(css['badge'], css[tone], !icon && css['noIcon'])}>
      {icon && <Icon name={icon} size={12} />}
      {children}
    </span>
  );
}

/** How many wait; says nothing at zero. */
export function Count({ of, says }: { readonly of: number; readonly says: string }) {
  if (of === 0) return null;
  return (
    <span className={css['count']}>
      {of > 99 ? '99+' : of}
      <span className="visually-hidden"> {says}</span>
    </span>
  );
}
