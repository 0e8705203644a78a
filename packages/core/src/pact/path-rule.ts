/** Which file names a pact may write: relative, inside its own folder, with one spelling for each file. */

const SEGMENT = /^[^/\\:\0-\x1f\x7f]+$/;

/** `./tools/refund.yaml` is inside; `../x`, `/x`, `C:\x`, `a//b` and `a/./b` are not. Links are for who reads to refuse. */
export function isInside(path: string): boolean {
  const segments = path.replace(/^(?:\.\/)+/, '').split('/');
  return segments.every((segment) => segment !== '.' && segment !== '..' && SEGMENT.test(segment));
}
