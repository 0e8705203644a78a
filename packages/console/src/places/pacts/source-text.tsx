/** The source of a pact with its line numbers: a lit range, and a press that leads back to the sentence. */
import type { PactText } from '@surety/core/wire';
import { useEffect, useRef, useState } from 'react';
import { classes, Select } from '../../ui/index.ts';
import { keyAt } from './light.ts';
import css from './pacts.module.css';

export function SourceText({
  text: { path, files, lines },
  lit,
  onLight,
}: {
  readonly text: PactText;
  readonly lit: string | undefined;
  readonly onLight: (key: string) => void;
}) {
  const [file, setFile] = useState(path);
  const pane = useRef<HTMLElement>(null);
  const range = lit === undefined ? undefined : lines[lit];
  useEffect(() => {
    if (!range) return;
    setFile(path);
    const line = pane.current?.querySelector<HTMLElement>(`[data-line="${range.from}"]`);
    if (line && pane.current) pane.current.scrollTop = line.offsetTop - pane.current.clientHeight / 3;
  }, [range, path]);
  const rows = (files[file] ?? '').replace(/\n$/, '').split('\n');
  return (
    <div className={css['pane']}>
      <div className={css['paneHead']}>
        {Object.keys(files).length === 1 ? (
          path
        ) : (
          <Select label="File" isLabelHidden value={file} onChange={({ target }) => setFile(target.value)}>
            {Object.keys(files).map((name) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        )}
        <span className={css['id']}>{rows.length} lines</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className={css['source']} ref={pane} tabIndex={0} aria-label={`Lines of ${file}`}>
        {rows.map((row, at) => {
          const line = at + 1;
          const key = file === path ? keyAt(line, lines) : undefined;
          const isLit = file === path && range !== undefined && range.from <= line && line <= range.to;
          const shown = (
            <>
              <span aria-hidden>{line}</span>
              <code>{row || ' '}</code>
            </>
          );
          const shared = { className: classes(css['line'], isLit && css['lit']), 'data-line': line };
          // The keyboard goes by the sentences; the mouse may go back from a line.
          return key === undefined ? (
            <div key={line} {...shared}>
              {shown}
            </div>
          ) : (
            <button key={line} type="button" tabIndex={-1} {...shared} onClick={() => onLight(key)}>
              {shown}
            </button>
          );
        })}
      </section>
    </div>
  );
}
