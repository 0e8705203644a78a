/** An address that leads nowhere. */
import { links } from '../links.ts';
import { ButtonLink, Page } from '../ui/index.ts';

export function NotFound() {
  return (
    <Page title="There is no such page" sentence="The address is wrong, or what it named is gone.">
      <div>
        <ButtonLink href={links.today()} icon="today">
          Go to Today
        </ButtonLink>
      </div>
    </Page>
  );
}
