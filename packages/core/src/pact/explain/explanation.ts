/** A pact in plain language, as data: sections of sentences, for any screen. */

/** One sentence, with the condition behind it where there is one: a screen folds it, a terminal may leave it out. */
export interface Sentence {
  readonly says: string;
  readonly id?: string | undefined;
  readonly condition?: string | undefined;
  /** What a reader must not miss: tried in shadow, relaxed by text. */
  readonly remarks?: readonly string[] | undefined;
}

export interface Paragraph {
  readonly opens: string;
  readonly sentences: readonly Sentence[];
}

export interface LaneExplanation {
  readonly lane: string;
  readonly says: string;
  readonly paragraphs: readonly Paragraph[];
}

export interface Explanation {
  readonly pact: string;
  readonly version: number;
  readonly digest: string;
  readonly says: string;
  /** Whom it binds, and where. */
  readonly binds: string;
  readonly lanes: readonly LaneExplanation[];
  readonly closing: readonly Paragraph[];
}
