/** The values that a rule or a fact shows, as a person reads them: money in its currency, times, spans, plain names. */
import { DAY, HOUR, MINUTE, type Unit, type Units } from '@surety/core/terms';
import { clockText, dayText, moneyText, spanText } from '../ui/index.ts';
import { valueText } from './arguments.tsx';

/** What the figures of a limit are called beside its sentence. */
const LIMIT_WORDS: Readonly<Record<string, string>> = {
  used: 'used before',
  amount: 'this action',
  at_most: 'at most',
};

/** A value, or the part of a fact at `path`. */
export interface Seen extends Units {
  readonly kind: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The values a reason saw, in its order, by their words. */
export const valuesOf = ({ kind, values, ...units }: Seen): readonly (readonly [name: string, text: string])[] =>
  Object.entries(values).map(([name, value]) => [
    (kind === 'limit' && LIMIT_WORDS[name]) || nameWords(name),
    shownText(value, name, units),
  ]);

/** `action.args.amount` → `amount`, `order.items.0.price` → `order items 0 price`. */
export const nameWords = (name: string): string => name.replace(/^action\.(args\.)?/, '').replaceAll(/[._]/g, ' ');

/** A value by the unit of its name; of a record or list each part by its own. */
export function shownText(value: unknown, name: string, units: Units): string {
  return valueText(shown(value, name, units));
}

function shown(value: unknown, path: string, { units = {}, currency }: Units): unknown {
  const below = { units, ...(currency === undefined ? {} : { currency }) };
  if (Array.isArray(value)) return value.map((one) => shown(one, `${path}.*`, below));
  if (typeof value === 'object' && value !== null) {
    const isMap = Object.keys(units).some((name) => name === `${path}.*` || name.startsWith(`${path}.*.`));
    return Object.fromEntries(
      Object.entries(value).map(([key, of]) => [key, shown(of, `${path}.${isMap ? '*' : key}`, below)]),
    );
  }
  const unit = units[path];
  return unit === undefined ? value : unitText(value, unit, currency);
}

function unitText(value: unknown, unit: Unit, currency: string | undefined): unknown {
  if (unit === 'date') return typeof value === 'string' ? writtenDay(value) : value;
  if (typeof value !== 'number') return value;
  switch (unit) {
    case 'money':
      return currency === undefined ? value : moneyText(value, currency);
    case 'time':
      return `${dayText(value)}, ${clockText(value)}`;
    case 'span':
      return value < 0 ? `minus ${exactSpan(-value)}` : exactSpan(value);
    case 'share':
      return `${value / 10_000} %`;
    default: {
      const digits = Number(unit.slice('decimal('.length, -1));
      return (value / 10 ** digits).toFixed(digits);
    }
  }
}

/** `30 days 4 hours`: beside a bound of 30 days the hours tell. */
function exactSpan(ms: number): string {
  const [whole, size] = ms >= DAY ? [ms - (ms % DAY), HOUR] : [ms - (ms % HOUR), MINUTE];
  const rest = ms - whole;
  if (ms === 0) return 'no time';
  if (whole === 0) return spanText(ms);
  return rest >= size ? `${spanText(whole)} ${spanText(rest)}` : spanText(whole);
}

/** A day has no zone: it must not move where the reader sits. */
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const writtenDay = (text: string): string => (Number.isNaN(Date.parse(text)) ? text : day.format(Date.parse(text)));
