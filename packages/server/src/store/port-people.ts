/** The store's port for people: who may sign in, their sessions and one-time links. Outside the ledger, as keys are. */

/** Times are Unix milliseconds. */
export interface Person {
  /** A pseudonym: on the record they are `person:NAME`. */
  readonly name: string;
  readonly roles: readonly string[];
  /** The password's slow hash with its parameters; absent until one was chosen. */
  readonly password?: string;
  readonly created: number;
  readonly seen?: number;
  readonly closed?: number;
}

export interface Session {
  /** Of the token, which is never kept. */
  readonly hash: Uint8Array;
  /** Empty where the first person has chosen no name yet. */
  readonly person: string;
  readonly created: number;
  readonly seen: number;
  /** Its absolute end. */
  readonly until: number;
  /** Nothing else may be asked in it before a password is chosen. */
  readonly mustSetUp: boolean;
}

/** Lets its holder in once. `person` is empty in the link of the first start. */
export interface Link {
  readonly hash: Uint8Array;
  readonly person: string;
  readonly until: number;
}

export interface PersonReads {
  people(): Promise<Person[]>;
  person(name: string): Promise<Person | undefined>;
  session(hash: Uint8Array): Promise<Session | undefined>;
}

export interface PersonTx {
  /** Adds a person, or replaces the one of this name. */
  putPerson(person: Person): Promise<void>;
  seePerson(name: string, seen: number): Promise<void>;
  addSession(session: Session): Promise<void>;
  seeSession(hash: Uint8Array, seen: number): Promise<void>;
  /** False where it was ended already. */
  endSession(hash: Uint8Array): Promise<boolean>;
  endSessionsOf(person: string): Promise<number>;
  addLink(link: Link): Promise<void>;
  /** Gives it once: of two who take it at once, one hears `undefined`. */
  takeLink(hash: Uint8Array): Promise<Link | undefined>;
  dropLinksOf(person: string): Promise<number>;
  /** Forgets sessions and links that are over. */
  dropOver(now: number): Promise<void>;
}
