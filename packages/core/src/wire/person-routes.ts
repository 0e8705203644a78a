/** Routes by which people are let in: signing in and out, who may, and as what. */
import { z } from 'zod';
import { STAFF } from '../terms/role.ts';
import { ClosePerson, InvitePerson, LinkPerson, PersonLink, PersonList, PersonView, SetRoles } from './person.ts';
import { ChangePassword, EndSession, SessionEnded, SessionView, SetUpPerson, SignIn, TakeLink } from './session.ts';
import { PersonName } from './shapes.ts';

const personParams = z.object({ name: PersonName });

export const PERSON_ROUTES = {
  'session.show': {
    method: 'GET',
    path: '/v1/session',
    says: 'Who is signed in here, and until when',
    may: STAFF,
    entry: 'session',
    answer: SessionView,
  },
  'session.begin': {
    method: 'POST',
    path: '/v1/session',
    says: 'Sign in with name and password',
    may: [],
    entry: 'open',
    body: SignIn,
    answer: SessionView,
  },
  'session.link': {
    method: 'POST',
    path: '/v1/session/link',
    says: 'Sign in with a one-time link',
    may: [],
    entry: 'open',
    body: TakeLink,
    answer: SessionView,
  },
  'session.set_up': {
    method: 'POST',
    path: '/v1/session/set-up',
    says: 'Choose a password after a link; the first person chooses a name too',
    may: STAFF,
    entry: 'session',
    body: SetUpPerson,
    answer: SessionView,
  },
  'session.password': {
    method: 'POST',
    path: '/v1/session/password',
    says: 'Change the password; every other session of the person ends',
    may: STAFF,
    entry: 'session',
    body: ChangePassword,
    answer: SessionView,
  },
  'session.end': {
    method: 'POST',
    path: '/v1/session/end',
    says: 'Sign out',
    may: STAFF,
    entry: 'session',
    body: EndSession,
    answer: SessionEnded,
  },
  'person.list': {
    method: 'GET',
    path: '/v1/people',
    says: 'Everyone who may sign in, with their roles',
    may: ['steward', 'governance', 'support_manager', 'auditor'],
    answer: PersonList,
  },
  'person.invite': {
    method: 'POST',
    path: '/v1/people',
    says: 'Invite a person; the one-time link is shown once, in the answer',
    may: ['steward'],
    body: InvitePerson,
    answer: PersonLink,
  },
  'person.link': {
    method: 'POST',
    path: '/v1/people/{name}/link',
    says: 'Make a new one-time link for a person; an earlier one is void',
    may: ['steward'],
    params: personParams,
    body: LinkPerson,
    answer: PersonLink,
  },
  'person.roles': {
    method: 'POST',
    path: '/v1/people/{name}/roles',
    says: 'Give a person other roles; the last steward stays one',
    may: ['steward'],
    params: personParams,
    body: SetRoles,
    answer: PersonView,
  },
  'person.close': {
    method: 'POST',
    path: '/v1/people/{name}/close',
    says: 'Close a person: their sessions, links and keys end; the last steward stays',
    may: ['steward'],
    params: personParams,
    body: ClosePerson,
    answer: PersonView,
  },
} as const;
