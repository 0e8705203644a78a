/** Doubles in a snapshot, bit for bit: `f64:` and the 16 hex digits of the IEEE-754 form, big-endian (ledger.md § 1.1). */
type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

const PREFIX = 'f64:';
const bytes = new DataView(new ArrayBuffer(8));

function toHex(value: number): string {
  bytes.setFloat64(0, value);
  return PREFIX + [0, 4].map((at) => bytes.getUint32(at).toString(16).padStart(8, '0')).join('');
}

function fromHex(text: string): number {
  bytes.setUint32(0, Number.parseInt(text.slice(4, 12), 16));
  bytes.setUint32(4, Number.parseInt(text.slice(12, 20), 16));
  return bytes.getFloat64(0);
}

const isExact = (value: number): boolean => Number.isSafeInteger(value) && !Object.is(value, -0);

/** Numbers that are no whole ones become such texts; everything else stays. */
export function withF64(value: unknown): Plain {
  if (typeof value === 'number') return isExact(value) ? value : toHex(value);
  if (Array.isArray(value)) return value.map(withF64);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withF64(member)]));
  return value as Plain;
}

/** The other way. Texts of our own that begin like one do not occur where this is used. */
export function withoutF64(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith(PREFIX) ? fromHex(value) : value;
  if (Array.isArray(value)) return value.map(withoutF64);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutF64(member)]));
  return value;
}
