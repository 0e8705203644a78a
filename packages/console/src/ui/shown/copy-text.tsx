/** An id or a digest: shortened where it is read, whole in the clipboard. */
import { useState } from 'react';
import { Icon } from '../icon.tsx';
import { announce } from '../overlays/toast.tsx';
import css from './shown.module.css';

/** `sha256:4da95cd9c0…e344`: both ends, since people compare both. */
export function shortened(text: string, keep = 12): string {
  const [, prefix = '', rest = ''] = /^((?:sha256:|[a-z]{2,4}_)?)(.*)$/s.exec(text) ?? [];
  return rest.length <= keep + 5 ? text : `${prefix}${rest.slice(0, keep)}…${rest.slice(-4)}`;
}

export function CopyText({
  text,
  says,
  keep,
}: {
  readonly text: string;
  /** What it is: “Copy the digest”. */
  readonly says: string;
  readonly keep?: number;
}) {
  const [isCopied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    announce('Copied');
    setTimeout(() => setCopied(false), 1_500);
  }
  return (
    <button type="button" className={css['copy']} onClick={() => void copy()}>
      <span className="visually-hidden">{says}: </span>
      <span>{shortened(text, keep)}</span>
      <Icon name={isCopied ? 'check' : 'copy'} size={12} />
    </button>
  );
}
