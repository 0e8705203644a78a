/** Money from its minor units, in its own currency. */
import { minorDigits } from '@surety/core/terms';
import { NUMBERS } from './number-text.ts';

export function moneyText(minor: number, currency: string): string {
  const digits = minorDigits(currency) ?? 2;
  const format = new Intl.NumberFormat(NUMBERS, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(minor / 10 ** digits);
}

export const Money = ({ minor, currency }: { readonly minor: number; readonly currency: string }) => (
  <span>{moneyText(minor, currency)}</span>
);
