/** A key, as it is written on this person's keyboard. */
import css from './shown.module.css';

const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);
const NAMES: Readonly<Record<string, string>> = {
  mod: isApple ? '⌘' : 'Ctrl',
  enter: '↵',
  escape: 'Esc',
  arrowdown: '↓',
  arrowup: '↑',
};

/** `mod+k` → Ctrl K. Not read aloud: the control's `aria-keyshortcuts` or the help say it. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span aria-hidden className={css['kbds']}>
      {keys.split('+').map((key) => (
        <kbd key={key} className={css['kbd']}>
          {NAMES[key] ?? key.toUpperCase()}
        </kbd>
      ))}
    </span>
  );
}
