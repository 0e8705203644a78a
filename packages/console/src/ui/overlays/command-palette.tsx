/** Cmd/Ctrl-K: go anywhere by typing a part of its name. */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { classes } from '../class-names.ts';
import { Icon, type IconName } from '../icon.tsx';
import css from './overlays.module.css';

export interface Command {
  readonly id: string;
  readonly says: string;
  readonly icon: IconName;
  readonly hint?: string;
  readonly run: () => void;
}

const SHOWN_MAX = 50;

/** Every word that was typed occurs, in any order. */
export function matching(commands: readonly Command[], typed: string): readonly Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return commands
    .filter(({ says, hint = '' }) => words.every((word) => `${says} ${hint}`.toLowerCase().includes(word)))
    .slice(0, SHOWN_MAX);
}

export function CommandPalette({
  commands,
  onClose,
}: {
  readonly commands: readonly Command[];
  readonly onClose: () => void;
}) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const found = matching(commands, typed);

  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  function choose(command: Command | undefined) {
    if (!command) return;
    onClose();
    command.run();
  }
  function press(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter') choose(found[at]);
    if (step === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (step && found.length > 0) setAt((at + step + found.length) % found.length);
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same, by the browser
    <dialog
      ref={dialog}
      className={classes(css['dialog'], css['palette'])}
      aria-label="Go anywhere"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={({ target }) => target === dialog.current && onClose()}
    >
      <div className={css['paletteInput']}>
        <Icon name="search" />
        <input
          role="combobox"
          aria-label="Go to"
          aria-expanded
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={found[at] ? `${id}-${found[at].id}` : undefined}
          placeholder="Go to a place, an agent, a pact …"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
      </div>
      {found.length === 0 && <p className={css['paletteEmpty']}>Nothing here is called “{typed}”.</p>}
      <div id={id} role="listbox" aria-label="Found" ref={list} className={css['paletteList']} hidden={!found.length}>
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input above hears the keys
          <div
            key={command.id}
            id={`${id}-${command.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={css['paletteItem']}
            onPointerMove={() => setAt(index)}
            onClick={() => choose(command)}
          >
            <Icon name={command.icon} />
            <span>{command.says}</span>
            {command.hint && <small className={css['paletteHint']}>{command.hint}</small>}
          </div>
        ))}
      </div>
    </dialog>
  );
}
