/** A moment as a distance from now, with the exact one for whoever points at it. */
import { useTicking } from './now.ts';
import { clockText, dayText, exactText, relativeText, spanText } from './time-text.ts';

export function RelativeTime({ at }: { readonly at: string }) {
  const ms = Date.parse(at);
  const text = useTicking((nowMs) => relativeText(ms, nowMs));
  return (
    <time dateTime={at} title={exactText(ms)}>
      {text}
    </time>
  );
}

/** For how long: `29 days`. */
export function Elapsed({ since }: { readonly since: string }) {
  const ms = Date.parse(since);
  const text = useTicking((nowMs) => spanText(nowMs - ms));
  return (
    <time dateTime={since} title={exactText(ms)}>
      {text}
    </time>
  );
}

/** A day, or a time of day, with the exact moment behind it. */
export function ExactTime({ at, as = 'day' }: { readonly at: string; readonly as?: 'day' | 'clock' }) {
  const ms = Date.parse(at);
  return (
    <time dateTime={at} title={exactText(ms)}>
      {as === 'day' ? dayText(ms) : clockText(ms)}
    </time>
  );
}
