/** Every address of the console. A page is found again by its address alone, so filters stand in it too. */
/** Digests keep their colon, so that an address can be read. */
const part = (text: string): string => encodeURIComponent(text).replaceAll('%3A', ':');

/** The name at the end of an address: what `part` made, read back. */
export const nameIn = (pathname: string): string => {
  const last = pathname.replace(/\/$/, '').split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
};

export const links = {
  today: () => '/',
  first: () => '/first',
  queue: () => '/queue',
  card: (conversation: string) => `/queue/${part(conversation)}`,
  agents: () => '/agents',
  agent: (name: string) => `/agents/${part(name)}`,
  pacts: () => '/pacts',
  pact: (digest: string) => `/pacts/${part(digest)}`,
  rehearse: () => '/pacts/rehearse',
  weekly: () => '/weekly',
  week: (of: Readonly<Record<string, string>>) => `/weekly?${new URLSearchParams(of)}`,
  proof: () => '/proof',
  decision: (id: string) => `/proof/decisions/${part(id)}`,
  conversation: (id: string) => `/proof/conversations/${part(id)}`,
  entry: (seq: number) => `/proof/entries/${seq}`,
  people: () => '/people',
  welcome: () => '/welcome',
} as const;
