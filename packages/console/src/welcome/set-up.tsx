/** The first person chooses a name, everyone a password; nothing else can be asked before. */

import { LIMITS } from 'virtual:contract';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { setUp } from '../api/index.ts';
import { links } from '../links.ts';
import { Button, ErrorNote, Field } from '../ui/index.ts';
import { useEntry } from './use-entry.ts';
import css from './welcome.module.css';
import { WelcomeCard } from './welcome-card.tsx';

const NAME = /^[A-Za-z0-9._-]{1,96}$/;

/** What is wrong with the choice, by field. */
export function wrongWith(name: string, password: string, again: string): Readonly<Record<string, string>> {
  return {
    ...(NAME.test(name) ? {} : { name: 'Use letters, digits, dots, hyphens and underscores, such as dana.kim.' }),
    ...(password.length < LIMITS.passwordCharsMin
      ? { password: `Use at least ${LIMITS.passwordCharsMin} characters; a short sentence works well.` }
      : {}),
    ...(password === again ? {} : { again: 'The two passwords differ.' }),
  };
}

export function SetUp({ name }: { readonly name: string }) {
  const [at, go] = useLocation();
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({});
  const entry = useEntry((given: { name: string; password: string }) => setUp(given.name, given.password));

  function send(form: FormData) {
    const [chosen, password, again] = ['name', 'password', 'again'].map((key) => String(form.get(key) ?? ''));
    const given = { name: name || (chosen ?? '').trim(), password: password ?? '' };
    const found = wrongWith(given.name, given.password, again ?? '');
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    entry.mutate(given, { onSuccess: () => at === links.welcome() && go(links.today(), { replace: true }) });
  }

  return (
    <WelcomeCard
      title={name ? `Welcome, ${name}` : 'Welcome'}
      sentence={
        name
          ? 'Choose a password; from now on you sign in with your name and this password.'
          : 'You are the first here. Your name stands beside everything you decide, so choose one that your colleagues know.'
      }
    >
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          send(new FormData(event.currentTarget));
        }}
      >
        {name ? (
          <input type="hidden" name="username" autoComplete="username" value={name} />
        ) : (
          <Field
            label="Name"
            name="name"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            hint="Letters, digits, dots, hyphens: dana.kim"
            wrong={wrong['name']}
          />
        )}
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          hint={`At least ${LIMITS.passwordCharsMin} characters`}
          wrong={wrong['password']}
        />
        <Field label="Password again" name="again" type="password" autoComplete="new-password" wrong={wrong['again']} />
        {entry.error && <ErrorNote says={entry.error.message} />}
        <Button kind="primary" type="submit" isWide isBusy={entry.isPending}>
          Go to the desk
        </Button>
      </form>
    </WelcomeCard>
  );
}
