/** The text of a scalar, and where in the file each of its characters is spelled. */

/** `starts[i]` to `ends[i]` is the spelling of the UTF-16 unit `text[i]`: itself, an escape, or a fold of lines. */
export interface Spelling {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Collects a spelling piece by piece, in the order of the text. */
export class Speller {
  private text = '';
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];

  /** All of `piece` is spelled by `from` to `to`: an escape, a fold, a line break. */
  as(piece: string, from: number, to: number): void {
    this.text += piece;
    for (let i = 0; i < piece.length; i++) {
      this.starts.push(from);
      this.ends.push(to);
    }
  }

  /** Each character of `piece` stands for itself, the first one at `from`. */
  plainly(piece: string, from: number): void {
    this.text += piece;
    for (let i = 0; i < piece.length; i++) {
      this.starts.push(from + i);
      this.ends.push(from + i + 1);
    }
  }

  done(): Spelling {
    return { text: this.text, starts: this.starts, ends: this.ends };
  }
}
