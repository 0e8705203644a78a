/** What stands around every page: the places, who is here, and whether what is shown is true now. */
import { type ReactNode, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { takeBack, useLive, useSession, useToday } from '../api/index.ts';
import { links } from '../links.ts';
import { Count, classes, clockText, Icon, Kbd, Mark, Toasts, useShortcuts } from '../ui/index.ts';
import css from './frame.module.css';
import { Palette } from './palette.tsx';
import { PersonMenu } from './person-menu.tsx';
import type { Place } from './place.ts';
import { ShortcutHelp } from './shortcut-help.tsx';

export function Frame({ places, children }: { readonly places: readonly Place[]; readonly children: ReactNode }) {
  const [at, go] = useLocation();
  const [open, setOpen] = useState<'palette' | 'help'>();
  const { status, asOf } = useLive();
  const { data: session } = useSession();
  const close = () => setOpen(undefined);
  useShortcuts([
    { keys: 'mod+k', says: 'Go anywhere', run: () => setOpen('palette') },
    {
      keys: 'u',
      says: 'Take back the last answer',
      run: () => {
        const conversation = takeBack();
        if (conversation) go(`${links.card(conversation)}${isAt(at, links.queue()) ? location.search : ''}`);
      },
    },
    { keys: '?', says: 'Show keyboard shortcuts', run: () => setOpen('help') },
  ]);
  return (
    <div className={css['frame']}>
      <a className={css['skip']} href="#main">
        Skip to the page
      </a>
      <header className={css['rail']}>
        <Link href={links.today()} className={css['desk']}>
          <Mark />
          {session?.sample ? 'Sample desk' : 'Surety'}
        </Link>
        {session?.sample && <p className={css['sample']}>made-up data; its history ran under a sample clock</p>}
        <button type="button" className={css['search']} onClick={() => setOpen('palette')}>
          <Icon name="search" />
          <span>Go to</span>
          <Kbd keys="mod+k" />
        </button>
        <Places places={places} at={at} />
        <div className={css['foot']}>
          <LiveSign status={status} />
          <PersonMenu onHelp={() => setOpen('help')} />
        </div>
      </header>
      <main id="main" className={css['main']} tabIndex={-1}>
        {status === 'away' && (
          <div className={css['banner']} role="status">
            <Icon name="alert" />
            The server cannot be reached. {asOf === null ? '' : `What you see is as of ${clockText(asOf)}. `}Nothing can
            be done until it is back.
          </div>
        )}
        <div className={classes(status === 'away' && css['old'])}>{children}</div>
      </main>
      <Toasts />
      {open === 'palette' && <Palette places={places} go={go} onClose={close} />}
      {open === 'help' && <ShortcutHelp onClose={close} />}
    </div>
  );
}

const isAt = (at: string, href: string): boolean => at === href || (href !== '/' && at.startsWith(`${href}/`));

function Places({ places, at }: { readonly places: readonly Place[]; readonly at: string }) {
  const { data: today } = useToday();
  const waiting: Readonly<Record<string, readonly [of: number, says: string]>> = {
    queue: [today?.holds.conversations ?? 0, 'conversations wait'],
    pacts: [today?.pacts_waiting.length ?? 0, 'pacts wait'],
  };
  return (
    <nav className={css['places']} aria-label="Places">
      {places.map(({ key, says, icon: sign, href }) => {
        const [of = 0, word = ''] = waiting[key] ?? [];
        return (
          <Link key={key} href={href} className={css['place']} aria-current={isAt(at, href) ? 'page' : undefined}>
            <Icon name={sign} />
            <span>{says}</span>
            <Count of={of} says={word} />
          </Link>
        );
      })}
    </nav>
  );
}

const SIGNS = {
  connecting: 'Connecting …',
  live: 'Live',
  polling: 'Checking every few seconds',
  away: 'Server unreachable',
} as const;

function LiveSign({ status }: { readonly status: keyof typeof SIGNS }) {
  return (
    <div className={css['live']}>
      <span className={css['dot']} data-status={status} />
      <span>{SIGNS[status]}</span>
    </div>
  );
}
