/**
 * Names of tiles and entry bundles (C2SP tlog-tiles):
 *
 *     tile/<level>/<N>[.p/<W>]      tile/entries/<N>[.p/<W>]
 *
 * <N> is groups of three digits, all but the last with an x before: 1234067 is x001/x234/067.
 */
import { invariant } from '../../result.ts';
import { isSize } from '../tree/size.ts';

export const TILE_WIDTH = 256;

export interface TilePath {
  readonly level: number | 'entries';
  readonly n: number;
  /** 256, or 1 to 255 of a partial tile. */
  readonly width: number;
}

export function tilePath(level: number | 'entries', n: number, width: number = TILE_WIDTH): string {
  invariant(isSize(n) && width >= 1 && width <= TILE_WIDTH, 'a tile has a number and 1 to 256 hashes');
  const digits = String(n);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/[0-9]{3}/g) ?? [];
  const name = groups.map((group, i) => (i === groups.length - 1 ? group : `x${group}`)).join('/');
  return `tile/${level}/${name}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

const FORM = /^tile\/(entries|[0-9]|[1-5][0-9]|6[0-3])\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/** Reads a path from outside; `undefined` for every other spelling of the same tile. */
export function parseTilePath(path: string): TilePath | undefined {
  const [, levelText, name, widthText] = FORM.exec(path) ?? [];
  if (levelText === undefined || name === undefined) return undefined;
  const level = levelText === 'entries' ? levelText : Number(levelText);
  const n = Number(name.replaceAll(/[x/]/g, ''));
  const width = widthText === undefined ? TILE_WIDTH : Number(widthText);
  if (!isSize(n) || width > TILE_WIDTH) return undefined;
  return tilePath(level, n, width) === path ? { level, n, width } : undefined;
}
