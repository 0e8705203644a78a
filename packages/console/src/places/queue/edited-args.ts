/** Arguments as a form: each by its kind, and back again with one sentence for what cannot be read. */
import type { Json } from '@surety/core/terms';

export interface Draft {
  readonly name: string;
  /** `json`: anything but a text or a number. */
  readonly kind: 'text' | 'number' | 'json';
  readonly text: string;
}

export function draftOf(args: unknown): readonly Draft[] {
  if (typeof args !== 'object' || args === null) return [];
  return Object.entries(args).map(([name, value]): Draft => {
    if (typeof value === 'string') return { name, kind: 'text', text: value };
    if (typeof value === 'number') return { name, kind: 'number', text: String(value) };
    return { name, kind: 'json', text: JSON.stringify(value, null, 2) };
  });
}

/** The arguments, or by name what is wrong with them. */
export function argsOf(draft: readonly Draft[]): {
  readonly args: Record<string, Json>;
  readonly wrong: ReadonlyMap<string, string>;
} {
  const args: Record<string, Json> = {};
  const wrong = new Map<string, string>();
  for (const { name, kind, text } of draft) {
    if (kind === 'text') args[name] = text;
    else if (kind === 'number') {
      const value = Number(text.trim());
      if (text.trim() === '' || !Number.isFinite(value))
        wrong.set(name, 'Write a number, with a point before the decimals.');
      else args[name] = value;
    } else {
      try {
        args[name] = JSON.parse(text) as Json;
      } catch {
        wrong.set(name, 'This is not valid JSON; correct it or leave it as it was.');
      }
    }
  }
  return { args, wrong };
}
