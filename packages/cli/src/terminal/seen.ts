/** What others wrote is in what is printed: whatever would steer the terminal, turn its text or hide there is shown by its code. */

/** Controls but tab and line feed; and marks of direction, which turn the text around them. */
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
/** The paints of the terminal itself; nothing else that begins with an escape passes. */
const PAINT = /(\u001b\[(?:0|1|2|31|32|33)m)/;

const codeOf = (character: string): string =>
  `<U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`;

/** `isPainted`: paints may stand in it. */
export const seen = (text: string, isPainted: boolean): string =>
  isPainted
    ? text
        .split(PAINT)
        .map((part, i) => (i % 2 === 1 ? part : part.replace(STEERING, codeOf)))
        .join('')
    : text.replace(STEERING, codeOf);

/** The same for JSON: escaped, as it may be anywhere in a string, so that it means what it meant. */
export const seenJson = (json: string): string =>
  json.replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
