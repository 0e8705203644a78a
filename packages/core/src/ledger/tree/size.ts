/** Sizes and indexes of a tree: any safe integer, so never `<<`, `>>` or `&`, which see 32 bits only. */

export const isSize = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

export const isOdd = (value: number): boolean => value % 2 === 1;

export const half = (value: number): number => Math.floor(value / 2);

/** The largest level whose perfect subtree has no more than `count` leaves: floor(log2(count)), exactly. */
export function levelWithin(count: number): number {
  let level = 0;
  for (let rest = half(count); rest > 0; rest = half(rest)) level++;
  return level;
}

/** RFC 6962, 2.1: the largest power of two below `size`. */
export const splitOf = (size: number): number => 2 ** levelWithin(size - 1);

export const isPowerOfTwo = (size: number): boolean => size > 0 && 2 ** levelWithin(size) === size;

/** A size or index as text: ASCII decimal without sign or leading zeros, and safe. */
export function parseSize(text: string): number | undefined {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) return undefined;
  const size = Number(text);
  return Number.isSafeInteger(size) ? size : undefined;
}
