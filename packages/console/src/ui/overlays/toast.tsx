/** What has just happened: one line that can be undone while it stands, and the same words for a screen reader. */
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { classes } from '../class-names.ts';
import { Button, IconButton } from '../controls/button.tsx';
import { Kbd } from '../shown/kbd.tsx';
import css from './overlays.module.css';

export interface Toast {
  readonly says: string;
  readonly isBad?: boolean;
  /** The act that is still possible, with the key that does it. */
  readonly act?: { readonly says: string; readonly key?: string; readonly run: () => void };
  readonly lastsMs?: number;
}
type Standing = Toast & { readonly id: number };

let standing: readonly Standing[] = [];
let spoken = { text: '', turn: 0 };
let next = 1;
const watchers = new Set<() => void>();
const tell = () => {
  for (const watcher of watchers) watcher();
};
const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => {
    watchers.delete(watcher);
  };
};

export function closeToast(id: number): void {
  standing = standing.filter((one) => one.id !== id);
  tell();
}

/** Shows a line for five seconds (ten where it can be acted on) and says it aloud; answers its id for `closeToast`. */
export function toast(one: Toast): number {
  const id = next++;
  standing = [...standing.slice(-2), { ...one, id }];
  announce(one.says);
  setTimeout(() => closeToast(id), one.lastsMs ?? (one.act ? 10_000 : 5_000));
  return id;
}

/** Says something aloud and shows nothing. */
export function announce(text: string): void {
  spoken = { text, turn: spoken.turn + 1 };
  tell();
}

/** Stands once on the page. */
export function Toasts() {
  const shown = useSyncExternalStore(watch, () => standing);
  const said = useSyncExternalStore(watch, () => spoken);
  const host = useRef<HTMLElement>(null);
  useEffect(() => {
    // In the top layer, so that it stands above a dialog too.
    if (shown.length > 0) host.current?.showPopover();
    else host.current?.hidePopover();
  }, [shown]);
  return (
    <>
      <div role="status" aria-live="polite" className="visually-hidden">
        {/* The same sentence twice is said twice. */}
        {said.text}
        {said.turn % 2 === 1 ? '\u00a0' : ''}
      </div>
      <section className={css['toasts']} aria-label="What has just happened" popover="manual" ref={host}>
        {shown.map(({ id, says, isBad, act }) => (
          <div key={id} className={css['toast']}>
            <span className={classes(css['toastText'], isBad && css['bad'])}>{says}</span>
            {act && (
              <Button
                kind="quiet"
                onClick={() => {
                  closeToast(id);
                  act.run();
                }}
              >
                {act.says}
                {act.key && <Kbd keys={act.key} />}
              </Button>
            )}
            <IconButton icon="cross" label="Close" onClick={() => closeToast(id)} />
          </div>
        ))}
      </section>
    </>
  );
}
