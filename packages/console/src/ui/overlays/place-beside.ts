/** Puts something that floats beside what it belongs to, inside the window. */
const GAP = 6;

export function placeBeside(floating: HTMLElement, anchor: HTMLElement, prefers: 'above' | 'below'): void {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = floating;
  const above = at.top - height - GAP;
  const below = at.bottom + GAP;
  const fitsBelow = below + height <= innerHeight - GAP;
  const top = (prefers === 'below' && fitsBelow) || above < GAP ? below : above;
  const left = Math.min(Math.max(GAP, at.left), innerWidth - width - GAP);
  floating.style.top = `${Math.round(top)}px`;
  floating.style.left = `${Math.round(left)}px`;
}
