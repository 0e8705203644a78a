/** Money in integer minor units. The digits of each currency are those of ISO 4217, fixed by the pact's format 1. */

const NO_MINOR = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' ');
const THREE_DIGITS = 'BHD IQD JOD KWD LYD OMR TND'.split(' ');
const TWO_DIGITS =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW'.split(
    ' ',
  );

const DIGITS: ReadonlyMap<string, number> = new Map([
  ...NO_MINOR.map((c) => [c, 0] as const),
  ...TWO_DIGITS.map((c) => [c, 2] as const),
  ...THREE_DIGITS.map((c) => [c, 3] as const),
]);

export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/** Digits of the minor unit, or `undefined` for a code that ISO 4217 does not have. */
export const minorDigits = (currency: string): number | undefined => DIGITS.get(currency);

const WRITTEN = /^(\d{1,13})(?:\.(\d+))? ([A-Z]{3})$/;

/** Reads `50.00 USD`: every digit of the minor unit, one space, the code. `undefined` when it is written otherwise. */
export function parseMoney(text: string): Money | undefined {
  const match = WRITTEN.exec(text);
  const currency = match?.[3] ?? '';
  const digits = DIGITS.get(currency);
  if (!match || digits === undefined || (match[2] ?? '').length !== digits) return undefined;
  const minor = Number(`${match[1]}${match[2] ?? ''}`);
  return Number.isSafeInteger(minor) ? { minor, currency } : undefined;
}

/** `4250, 'USD'` → `42.50 USD`. */
export function formatMoney(minor: number, currency: string): string {
  return `${formatScaled(minor, DIGITS.get(currency) ?? 0)} ${currency}`;
}

/** `4250, 2` → `42.50`. */
export function formatScaled(scaled: number, digits: number): string {
  const sign = scaled < 0 ? '-' : '';
  const text = String(Math.abs(scaled)).padStart(digits + 1, '0');
  const cut = text.length - digits;
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, cut)}.${text.slice(cut)}`;
}

const DECIMAL = /^-?\d{1,15}(?:\.\d{1,12})?$/;

/**
 * A JSON number or decimal string as an integer of 10^-digits units, strict to within 10^-6 of a unit,
 * since systems send amounts such as 0.04999999999999716. `undefined` for anything else.
 */
export function toScaled(value: unknown, digits: number): number | undefined {
  if (typeof value === 'string' && !DECIMAL.test(value)) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const exact = Number(value) * 10 ** digits;
  const rounded = Math.round(exact);
  if (!Number.isSafeInteger(rounded) || Math.abs(exact - rounded) > 1e-6 + Math.abs(exact) * 4e-16) return undefined;
  return rounded === 0 ? 0 : rounded;
}
