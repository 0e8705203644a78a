/** What a value counts, where its number alone would mislead. */

/**
 * `money` is in minor units, `time` in Unix milliseconds, `span` in milliseconds, `share` in parts per million,
 * `decimal(2)` in hundredths; a `date` is text.
 */
export const UNITS = [
  'money',
  'time',
  'span',
  'date',
  'share',
  'decimal(1)',
  'decimal(2)',
  'decimal(3)',
  'decimal(4)',
  'decimal(5)',
  'decimal(6)',
] as const;
export type Unit = (typeof UNITS)[number];

/** Beside values: the units of those that have one, by their names, and the currency where some are money. */
export interface Units {
  readonly units?: Readonly<Record<string, Unit>>;
  readonly currency?: string;
}
