/** Text that others wrote: never markup, never a link, its direction kept to itself, what is invisible made visible. */
import { type ReactNode, useState } from 'react';
import { classes } from '../class-names.ts';
import css from './shown.module.css';

/**
 * Controls but tab and line feed, direction marks, zero-width characters, the block of invisible tags; and marks on one
 * letter beyond the four that any script needs: they grow over the lines above.
 */
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|(?<=\p{Mn}{4})\p{Mn}+/gu;
const MARKS = /^\p{Mn}/u;

export interface Piece {
  readonly text: string;
  readonly isUnseen: boolean;
}

export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(UNSEEN)) {
    if (index > from) pieces.push({ text: text.slice(from, index), isUnseen: false });
    const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const marks = [...found].length;
    pieces.push({
      text: MARKS.test(found) ? `+${marks} ${marks === 1 ? 'mark' : 'marks'}` : `U+${code}`,
      isUnseen: true,
    });
    from = index + found.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), isUnseen: false });
  return pieces;
}

/** For a heading or a tab, which hold text alone. */
export const seenText = (text: string): string =>
  piecesOf(text)
    .map((piece) => piece.text)
    .join('');

const FOLD_CHARS = 600;
const FOLD_LINES = 8;

/** `null` is what was erased. Long text is folded until it is asked for. */
export function PlainText({ text }: { readonly text: string | null }): ReactNode {
  const [isWhole, setWhole] = useState(false);
  if (text === null) return <Erased />;
  const isLong = text.length > FOLD_CHARS || text.split('\n').length > FOLD_LINES;
  return (
    <>
      <bdi className={classes(css['long'], isLong && !isWhole && css['folded'])}>
        {piecesOf(text).map(({ text: part, isUnseen }, index) =>
          isUnseen ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never move
            <span key={index} className={css['control']}>
              {part}
            </span>
          ) : (
            part
          ),
        )}
      </bdi>
      {isLong && (
        <button type="button" className={css['more']} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show less' : 'Show all'}
        </button>
      )}
    </>
  );
}

export const Erased = () => <span className={css['erased']}>erased</span>;
