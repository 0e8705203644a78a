/** Buttons are verbs. One that may not be used now stays reachable and says why. */
import type { ComponentProps, ReactNode, Ref } from 'react';
import { Link } from 'wouter';
import { classes } from '../class-names.ts';
import { Icon, type IconName } from '../icon.tsx';
import { Tooltip } from '../overlays/tooltip.tsx';
import css from './controls.module.css';

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger' | 'dangerFilled';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled' | 'type'> {
  readonly kind?: ButtonKind;
  readonly icon?: IconName;
  readonly type?: 'button' | 'submit';
  /** A sentence: why it cannot be used now. It can still be focused, and tells. */
  readonly blocked?: string | undefined;
  readonly isBusy?: boolean;
  readonly isWide?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({
  kind = 'secondary',
  icon,
  type = 'button',
  blocked,
  isBusy = false,
  isWide = false,
  className,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const isOff = blocked !== undefined || isBusy;
  const button = (
    <button
      {...rest}
      type={isOff ? 'button' : type}
      aria-disabled={isOff || undefined}
      aria-busy={isBusy || undefined}
      className={classes(css['button'], css[kind], isWide && css['wide'], className)}
      onClick={isOff ? undefined : onClick}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
  return blocked === undefined ? button : <Tooltip says={blocked}>{button}</Tooltip>;
}

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon'> {
  readonly icon: IconName;
  /** What it does, as a verb: it is its name, and shown beside it on hover and focus. */
  readonly label: string;
}

export function IconButton({ label, kind = 'quiet', className, blocked, ...rest }: IconButtonProps) {
  return (
    <Tooltip says={blocked ?? label} isName={blocked === undefined}>
      <Button
        {...rest}
        kind={kind}
        aria-label={label}
        aria-disabled={blocked !== undefined || undefined}
        className={classes(css['icon'], className)}
      />
    </Tooltip>
  );
}

/** Looks like a button and leads to another page. */
export function ButtonLink({
  href,
  kind = 'secondary',
  icon,
  children,
}: {
  readonly href: string;
  readonly kind?: ButtonKind;
  readonly icon?: IconName;
  readonly children: ReactNode;
}) {
  return (
    <Link href={href} className={classes(css['button'], css[kind])}>
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  );
}
