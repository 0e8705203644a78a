/** Files dropped or chosen; dropping is never the only way. */
import { type DragEvent, useId, useState } from 'react';
import { Icon } from '../../ui/index.ts';
import css from './rehearse.module.css';

export function DropZone({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const id = useId();
  const [isOver, setOver] = useState(false);
  const over = (is: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(is);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the file control inside does the same
    <div
      className={css['drop']}
      data-over={isOver}
      onDragOver={over(true)}
      onDragLeave={over(false)}
      onDrop={(event) => {
        over(false)(event);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <Icon name="download" size={20} />
      <p>
        <label htmlFor={id} className={css['choose']}>
          Choose files
        </label>{' '}
        or drop them here
      </p>
      <p className={css['quiet']}>
        OpenAI chats as JSON lines, tau-bench or tau2-bench results, or CSV with one message a row; gzip too. They are
        read in this browser and never leave it.
      </p>
      <input
        id={id}
        type="file"
        multiple
        className="visually-hidden"
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          target.value = '';
        }}
      />
    </div>
  );
}
