/** The browser's own modal dialog: focus is kept inside and given back by it. */
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { classes } from '../class-names.ts';
import { IconButton } from '../controls/button.tsx';
import css from './overlays.module.css';

export function Dialog({
  title,
  onClose,
  foot,
  isWide = false,
  children,
}: {
  readonly title: string;
  /** Escape, the cross, or a click beside it. Rendering the dialog opens it; leave it out to close it. */
  readonly onClose: () => void;
  readonly foot?: ReactNode;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const head = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    if (shown && !shown.open) shown.showModal();
    // The first thing to fill in or choose, or the title; not the cross, which would close what was just opened.
    (body.current?.querySelector<HTMLElement>('[data-first], input, select, textarea') ?? head.current)?.focus();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same, by the browser
    <dialog
      ref={dialog}
      className={classes(css['dialog'], isWide && css['wideDialog'])}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className={css['dialogHead']}>
        <h2 id={id} tabIndex={-1} ref={head}>
          {title}
        </h2>
        <IconButton icon="cross" label="Close" onClick={onClose} />
      </div>
      <div className={css['dialogBody']} ref={body}>
        {children}
      </div>
      {foot && <div className={css['dialogFoot']}>{foot}</div>}
    </dialog>
  );
}
