/** A menu in a popover: arrows move, Escape closes and gives the focus back. */
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { Icon, type IconName } from '../icon.tsx';
import css from './overlays.module.css';
import { placeBeside } from './place-beside.ts';

export interface MenuItem {
  readonly says: string;
  readonly icon?: IconName;
  readonly hint?: ReactNode;
  /** Given: the item is a choice that is made or not. */
  readonly isChosen?: boolean;
  readonly run: () => void;
}
export interface MenuGroup {
  readonly title?: string;
  readonly items: readonly MenuItem[];
}

export function Menu({
  label,
  groups,
  className,
  prefers = 'below',
  children,
}: {
  readonly label: string;
  readonly groups: readonly MenuGroup[];
  readonly className?: string | undefined;
  readonly prefers?: 'above' | 'below';
  /** What the button shows, with words: they are its name. */
  readonly children: ReactNode;
}) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];

  function move(event: KeyboardEvent) {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const step = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === 'Tab') menu.current?.hidePopover();
    if (step === undefined) return;
    event.preventDefault();
    all[(step + all.length) % all.length]?.focus();
  }

  return (
    <>
      <button
        type="button"
        ref={button}
        className={className}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={id}
        popoverTarget={id}
      >
        {children}
      </button>
      <div
        id={id}
        ref={menu}
        popover="auto"
        role="menu"
        aria-label={label}
        tabIndex={-1}
        className={css['menu']}
        onKeyDown={move}
        onToggle={({ newState }) => {
          setOpen(newState === 'open');
          if (newState !== 'open' || !menu.current || !button.current) return;
          placeBeside(menu.current, button.current, prefers);
          items()[0]?.focus();
        }}
      >
        {groups.map(({ title, items: rows }, index) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a menu
          <div key={title ?? index} role="group" aria-label={title}>
            {index > 0 && <hr className={css['menuLine']} />}
            {title && (
              <div className={css['menuHead']} aria-hidden>
                {title}
              </div>
            )}
            {rows.map((item) => (
              <Item key={item.says} {...item} onDone={() => menu.current?.hidePopover()} />
            ))}
          </div>
        ))}
      </div>
    </>
  );
}

function Item({ says, icon, hint, isChosen, run, onDone }: MenuItem & { readonly onDone: () => void }) {
  const role = isChosen === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': isChosen };
  return (
    <button
      {...role}
      type="button"
      tabIndex={-1}
      className={css['menuItem']}
      onClick={() => {
        onDone();
        run();
      }}
    >
      {icon && <Icon name={icon} />}
      <span>{says}</span>
      {hint}
      {isChosen && <Icon name="check" />}
    </button>
  );
}
