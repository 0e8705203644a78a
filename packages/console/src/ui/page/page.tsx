/** A page: its title (in the tab too), one sentence that answers its question, its acts, and what it shows. */
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { classes } from '../class-names.ts';
import { Icon } from '../icon.tsx';
import { seenText } from '../shown/plain-text.tsx';
import { SkeletonRows } from '../shown/states.tsx';
import css from './page.module.css';

let shownPages = 0;

export interface PageProps {
  readonly title: string;
  /** Beside the title: badges. */
  readonly beside?: ReactNode;
  /** The page's question, answered now. */
  readonly sentence?: ReactNode;
  readonly acts?: ReactNode;
  /** The page above it. */
  readonly back?: { readonly href: string; readonly says: string };
  /** Two panes need the whole width. */
  readonly isFull?: boolean;
  readonly children: ReactNode;
}

export function Page({ title, beside, sentence, acts, back, isFull = false, children }: PageProps) {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${seenText(title)} · Surety`;
  }, [title]);
  useEffect(() => {
    // After a step inside the console the new page's name is read; the first page leaves the focus to the browser.
    if (shownPages++ > 0) head.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={classes(css['page'], isFull && css['full'])}>
      <header className={css['head']}>
        {back && (
          <Link href={back.href} className={css['back']}>
            <Icon name="left" size={12} />
            {back.says}
          </Link>
        )}
        <div className={css['titleRow']}>
          <div className={css['title']}>
            <h1 tabIndex={-1} ref={head}>
              <bdi>{seenText(title)}</bdi>
            </h1>
            {beside}
          </div>
          {acts && <div className={css['acts']}>{acts}</div>}
        </div>
        {sentence !== undefined && <p className={css['sentence']}>{sentence}</p>}
      </header>
      {children}
    </div>
  );
}

/** A part of a page with its heading; `aside` stands at the heading's end. */
export function Section({
  title,
  aside,
  sentence,
  children,
}: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly sentence?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className={css['section']} aria-label={title}>
      <div className={css['sectionHead']}>
        <h2>{title}</h2>
        {aside}
      </div>
      {sentence !== undefined && <p className={css['quiet']}>{sentence}</p>}
      {children}
    </section>
  );
}

/** A panel with a hairline around it. */
export const Panel = ({ children }: { readonly children: ReactNode }) => <div className={css['panel']}>{children}</div>;

/** While a page's own script is on its way. */
export const PageSkeleton = () => (
  <div className={css['page']}>
    <div className={css['headSkeleton']} />
    <SkeletonRows rows={6} says="Opening the page" />
  </div>
);
