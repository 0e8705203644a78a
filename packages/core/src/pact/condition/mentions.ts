/** Whole words and phrases in text, after NFKC and lower case, letters and digits only; linear time. */

const WORDS = /[\p{L}\p{N}]+/gu;

/** ` refund my order `: the words of a text with one blank around each. */
export const toWords = (text: string): string =>
  ` ${(text.normalize('NFKC').toLowerCase().match(WORDS) ?? []).join(' ')} `;

/** Whether one of the phrases, each made by `toWords`, occurs as whole words. */
export const mentionsOne = (words: string, phrases: readonly string[]): boolean =>
  phrases.some((phrase) => words.includes(phrase));
