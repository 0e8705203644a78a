/** Name and password. */
import { useRef } from 'react';
import { isProblem, signIn } from '../api/index.ts';
import { Button, Code, ErrorNote, Field } from '../ui/index.ts';
import { useEntry } from './use-entry.ts';
import css from './welcome.module.css';
import { WelcomeCard } from './welcome-card.tsx';

export function SignIn() {
  const entry = useEntry(({ name, password }: { name: string; password: string }) => signIn(name, password));
  const password = useRef<HTMLInputElement>(null);
  const isRefused = isProblem(entry.error, 'session.refused');
  return (
    <WelcomeCard title="Sign in" sentence="To the desk where people and agents answer customers.">
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          entry.mutate(
            { name: String(form.get('name')).trim(), password: String(form.get('password')) },
            { onError: () => password.current?.focus() },
          );
        }}
      >
        <Field label="Name" name="name" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
        <Field
          ref={password}
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          wrong={isRefused ? entry.error?.message : undefined}
        />
        {entry.error && !isRefused && <ErrorNote says={entry.error.message} />}
        <Button kind="primary" type="submit" isWide isBusy={entry.isPending}>
          Sign in
        </Button>
      </form>
      <div className={css['quiet']}>
        <p>No password yet, or forgotten? Whoever runs the server can make a link that lets you in once:</p>
        <Code>surety people link NAME</Code>
      </div>
    </WelcomeCard>
  );
}
