/** `?`: what can be pressed here, and the switch for single keys. */
import { Check, Dialog, Kbd, setSingleKeys, useActiveShortcuts, useSingleKeys } from '../ui/index.ts';
import css from './frame.module.css';

export function ShortcutHelp({ onClose }: { readonly onClose: () => void }) {
  const shortcuts = useActiveShortcuts().flat();
  const isOn = useSingleKeys();
  return (
    <Dialog title="Keyboard shortcuts on this page" onClose={onClose}>
      <dl className={css['keys']}>
        {shortcuts.map(({ keys, says }) => (
          <div key={keys} className={css['key']}>
            <dt>{says}</dt>
            <dd>
              <Kbd keys={keys} />
              <span className="visually-hidden">{keys}</span>
            </dd>
          </div>
        ))}
      </dl>
      <Check
        label="Single keys such as J and K work (Ctrl or ⌘ with a key always does)"
        checked={isOn}
        onChange={({ target }) => setSingleKeys(target.checked)}
      />
    </Dialog>
  );
}
