/** Numbers as the console's English writes them: in the browser's own language `7.000` would stand beside `5.8 %`. */
export const NUMBERS = 'en-US';

const number = new Intl.NumberFormat(NUMBERS);
export const numberText = (n: number): string => number.format(n);
