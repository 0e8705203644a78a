/** Says what a control does or why it is off, on hover and on focus; Escape hides it. Never the only place of a fact. */
import { cloneElement, type ReactElement, useEffect, useId, useRef, useState } from 'react';
import css from './overlays.module.css';
import { placeBeside } from './place-beside.ts';

export function Tooltip({
  says,
  isName = false,
  children,
}: {
  readonly says: string;
  /** The control has these words as its label already: then they are shown, not said twice. */
  readonly isName?: boolean;
  readonly children: ReactElement<{ 'aria-describedby'?: string }>;
}) {
  const id = useId();
  const host = useRef<HTMLSpanElement>(null);
  const tip = useRef<HTMLSpanElement>(null);
  const [isShown, setShown] = useState(false);

  useEffect(() => {
    if (!isShown || !tip.current || !host.current) return;
    tip.current.showPopover();
    placeBeside(tip.current, host.current, 'above');
    const hide = ({ key }: KeyboardEvent) => key === 'Escape' && setShown(false);
    addEventListener('keydown', hide);
    return () => removeEventListener('keydown', hide);
  }, [isShown]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what its control does
    <span
      className={css['tipHost']}
      ref={host}
      onPointerEnter={({ pointerType }) => setShown(pointerType === 'mouse')}
      onPointerLeave={() => setShown(false)}
      onFocus={({ target }) => setShown(target.matches(':focus-visible'))}
      onBlur={() => setShown(false)}
    >
      {isName ? children : cloneElement(children, { 'aria-describedby': id })}
      {isShown ? (
        <span className={css['tip']} id={id} role="tooltip" popover="manual" ref={tip}>
          {says}
        </span>
      ) : (
        !isName && (
          <span hidden id={id}>
            {says}
          </span>
        )
      )}
    </span>
  );
}
