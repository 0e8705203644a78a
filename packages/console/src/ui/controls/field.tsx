/** A labelled control with its hint and what is wrong with it: text, several lines, a choice, a tick. */
import { type ComponentProps, type ReactNode, useId } from 'react';
import { classes } from '../class-names.ts';
import { Icon } from '../icon.tsx';
import css from './controls.module.css';

interface Labelled {
  readonly label: string;
  /** Where what stands around it says the same to the eye. */
  readonly isLabelHidden?: boolean | undefined;
  readonly hint?: ReactNode;
  /** One sentence, shown and announced. */
  readonly wrong?: string | undefined;
}

interface Wiring {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

function Frame({
  label,
  isLabelHidden,
  hint,
  wrong,
  children,
}: Labelled & { readonly children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const told = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ');
  return (
    <div className={css['field']}>
      <label className={isLabelHidden ? 'visually-hidden' : css['label']} htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': told || undefined, 'aria-invalid': wrong ? true : undefined })}
      {hint && (
        <div className={css['hint']} id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {wrong && (
        <div className={css['wrong']} id={`${id}-wrong`} role="alert">
          <Icon name="alert" size={14} />
          {wrong}
        </div>
      )}
    </div>
  );
}

export function Field({ label, hint, wrong, className, ...rest }: Labelled & ComponentProps<'input'>) {
  return (
    <Frame label={label} hint={hint} wrong={wrong}>
      {(wiring) => <input {...rest} {...wiring} className={classes(css['input'], className)} />}
    </Frame>
  );
}

export function TextArea({ label, hint, wrong, className, ...rest }: Labelled & ComponentProps<'textarea'>) {
  return (
    <Frame label={label} hint={hint} wrong={wrong}>
      {(wiring) => <textarea {...rest} {...wiring} className={classes(css['input'], css['area'], className)} />}
    </Frame>
  );
}

export function Select({
  label,
  isLabelHidden,
  hint,
  wrong,
  className,
  children,
  ...rest
}: Labelled & ComponentProps<'select'>) {
  return (
    <Frame label={label} isLabelHidden={isLabelHidden} hint={hint} wrong={wrong}>
      {(wiring) => (
        <div className={css['selectBox']}>
          <select {...rest} {...wiring} className={classes(css['input'], css['select'], className)}>
            {children}
          </select>
          <Icon name="updown" />
        </div>
      )}
    </Frame>
  );
}

export function Check({ label, ...rest }: { readonly label: ReactNode } & Omit<ComponentProps<'input'>, 'type'>) {
  return (
    <label className={css['check']}>
      <input {...rest} type="checkbox" />
      <span>{label}</span>
    </label>
  );
}
