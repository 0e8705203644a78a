/** Who is here: the theme, the keys, and the way out. */
import { useLocation } from 'wouter';
import { useMay, useSession, useSignOut } from '../api/index.ts';
import { links } from '../links.ts';
import { Icon, Kbd, Menu, setSingleKeys, toast, useSingleKeys } from '../ui/index.ts';
import { roleWord } from '../words/index.ts';
import css from './frame.module.css';
import { setTheme, THEMES, useTheme } from './theme.ts';

const SAYS = { system: 'Same as the system', light: 'Light', dark: 'Dark' } as const;
const ICONS = { system: 'screen', light: 'sun', dark: 'moon' } as const;

export function PersonMenu({ onHelp }: { readonly onHelp: () => void }) {
  const [, go] = useLocation();
  const { data: session } = useSession();
  const signOut = useSignOut();
  const theme = useTheme();
  const isOn = useSingleKeys();
  const seesPeople = useMay('person.list');
  const name = session?.person.name ?? '';
  const roles = (session?.person.roles ?? []).map(roleWord).join(', ');

  async function leave() {
    try {
      await signOut();
      go(links.today());
    } catch (error) {
      toast({ says: error instanceof Error ? error.message : String(error), isBad: true });
    }
  }

  return (
    <Menu
      label="Your menu"
      className={css['person']}
      prefers="above"
      groups={[
        {
          title: 'Appearance',
          items: THEMES.map((one) => ({
            says: SAYS[one],
            icon: ICONS[one],
            isChosen: theme === one,
            run: () => setTheme(one),
          })),
        },
        {
          title: 'Keys',
          items: [
            { says: 'Keyboard shortcuts', icon: 'keyboard', hint: <Kbd keys="?" />, run: onHelp },
            {
              says: isOn ? 'Turn single keys off' : 'Turn single keys on',
              icon: isOn ? 'cross' : 'check',
              run: () => setSingleKeys(!isOn),
            },
          ],
        },
        ...(seesPeople
          ? [{ items: [{ says: 'People', icon: 'people' as const, run: () => go(links.people()) }] }]
          : []),
        { items: [{ says: 'Sign out', icon: 'leave', run: () => void leave() }] },
      ]}
    >
      <Icon name="person" />
      <span>
        <b>{name}</b>
        <small>{roles}</small>
        <span className="visually-hidden">Your menu</span>
      </span>
      <Icon name="updown" size={12} />
    </Menu>
  );
}
