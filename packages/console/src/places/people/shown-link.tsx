/** A one-time link: shown once, copied whole, nowhere to be found again. */
import type { PersonLink } from '@surety/core/wire';
import { useState } from 'react';
import { announce, Button, Note, RelativeTime } from '../../ui/index.ts';
import css from './people.module.css';

export function ShownLink({ person, link, expires_at }: PersonLink) {
  const [isCopied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(link);
    setCopied(true);
    announce('Copied');
  }
  return (
    <>
      <Note tone="hold" icon="alert">
        This link lets its holder in once, as {person.name}. It is shown only once, and it ends{' '}
        <RelativeTime at={expires_at} />.
      </Note>
      <code className={css['link']} data-first tabIndex={-1}>
        {link}
      </code>
      <div>
        <Button kind="primary" icon={isCopied ? 'check' : 'copy'} onClick={() => void copy()}>
          {isCopied ? 'Copied' : 'Copy the link'}
        </Button>
      </div>
    </>
  );
}
