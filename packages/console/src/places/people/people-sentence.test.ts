/** Who may sign in, in one sentence. */
import type { PersonView } from '@surety/core/wire';
import { expect, it } from 'vitest';
import { peopleSentence } from './people-sentence.ts';

const person = (state: PersonView['state'], last_seen: string | null = null) =>
  ({ name: 'dana', roles: [], created: '', state, last_seen }) satisfies PersonView;

it.each([
  [[person('active', 'then')], '1 person may sign in.'],
  [[person('active'), person('invited', 'then'), person('closed')], '2 people may sign in.'],
  [[person('active'), person('invited')], '1 person may sign in; 1 was invited and has not signed in yet.'],
  [[person('invited'), person('invited')], '0 people may sign in; 2 were invited and have not signed in yet.'],
])('says %j', (people, says) => {
  expect(peopleSentence(people)).toBe(says);
});
