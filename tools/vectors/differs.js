/** Whether a result is what a test vector expects (schema surety/vectors@1). */

/** Every member of `want` must be in `got`; numbers are the same, or within `tol` where there is one. */
export function differs(got, want, tol, at = '') {
  if (typeof want === 'number' && typeof got === 'number') {
    const gap = Math.abs(got - want);
    const isNear = tol && (gap <= (tol.abs ?? -1) || gap <= (tol.rel ?? -1) * Math.abs(want));
    return got === want || isNear ? undefined : `${at || 'result'} is ${got}, not ${want}`;
  }
  if (Array.isArray(want)) {
    if (!Array.isArray(got) || got.length !== want.length)
      return `${at || 'result'} is ${JSON.stringify(got)}, not ${JSON.stringify(want)}`;
    return want.map((item, i) => differs(got[i], item, tol, `${at}[${i}]`)).find(Boolean);
  }
  if (want !== null && typeof want === 'object')
    return Object.entries(want)
      .map(([key, item]) => differs(got?.[key], item, tol, at ? `${at}.${key}` : key))
      .find(Boolean);
  return got === want ? undefined : `${at || 'result'} is ${JSON.stringify(got)}, not ${JSON.stringify(want)}`;
}
