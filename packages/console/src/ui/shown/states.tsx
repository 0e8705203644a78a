/** The states of every view: it loads, it is empty, it failed, something must be said first. */
import type { ReactNode } from 'react';
import { classes } from '../class-names.ts';
import { Button } from '../controls/button.tsx';
import { Icon, type IconName } from '../icon.tsx';
import type { Tone } from './badge.tsx';
import css from './shown.module.css';

/** Rows of the height that the real ones will have, so that nothing jumps. */
export function SkeletonRows({ rows = 5, says = 'Loading' }: { readonly rows?: number; readonly says?: string }) {
  return (
    <div role="status" aria-label={says}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <div key={index} className={css['skeletonRow']} aria-hidden>
          <span className={css['skeleton']} />
          <span className={css['skeleton']} />
          <span className={css['skeleton']} />
        </div>
      ))}
    </div>
  );
}

export const Skeleton = () => <span className={css['skeleton']} aria-hidden />;

/** Teaches the next step in one sentence, with its command or button. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className={css['empty']}>
      <strong>{title}</strong>
      {children}
    </div>
  );
}

/** One sentence, what to do, and Retry. */
export function ErrorNote({ says, onRetry }: { readonly says: string; readonly onRetry?: (() => void) | undefined }) {
  return (
    <div className={css['error']} role="alert">
      <Icon name="alert" />
      <p>{says}</p>
      {onRetry && (
        <Button icon="retry" onClick={onRetry}>
          Retry
        </Button>
      )}
    </div>
  );
}

/** A remark that stands in a page. */
export function Note({
  tone = 'plain',
  icon = 'info',
  children,
}: {
  readonly tone?: Tone;
  readonly icon?: IconName;
  readonly children: ReactNode;
}) {
  return (
    <div className={classes(css['note'], css[tone])}>
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  );
}

/** What a query of the API looks like from here. */
export interface Asked<T> {
  readonly data: T | undefined;
  /** With the status of the answer, where there was one. */
  readonly error: (Error & { readonly status?: number }) | null;
  readonly refetch: () => unknown;
}

const TOO_MANY = 429;
const isRefused = (status = 0): boolean => status >= 400 && status < 500 && status !== TOO_MANY;

/** Shows the answer once it is there; an error beside old data leaves the data. */
export function Await<T>({
  of: { data, error, refetch },
  skeleton = <SkeletonRows />,
  children,
}: {
  readonly of: Asked<T>;
  readonly skeleton?: ReactNode;
  readonly children: (data: T) => ReactNode;
}) {
  // What was refused is refused again: only what failed may be asked again.
  const onRetry = isRefused(error?.status) ? undefined : () => void refetch();
  if (data === undefined) return error ? <ErrorNote says={error.message} onRetry={onRetry} /> : skeleton;
  return (
    <>
      {error && <ErrorNote says={error.message} onRetry={onRetry} />}
      {children(data)}
    </>
  );
}

/** A command of the terminal, or data as it is. */
export const Code = ({ children }: { readonly children: ReactNode }) => <pre className={css['code']}>{children}</pre>;
