/** The pacts: proposed, signed by another person, published; and which one binds an agent in a lane. */
import type { LaneTerms } from '../evidence/kinds/agent.ts';
import type { Placed } from '../evidence/kinds.ts';

export interface PactStanding {
  readonly digest: string;
  readonly pact: string;
  readonly version: number;
  readonly author: string;
  readonly proposed_by: string;
  readonly proposed_at: number;
  readonly agents: readonly string[];
  /** The pact's own file first. */
  readonly files: readonly { readonly path: string; readonly blob: string }[];
  readonly tests: { readonly passed: number; readonly failed: number; readonly gaps: number } | null;
  /** What it says about trust, by lane; null where its entry is of before that was told. */
  readonly lanes: Readonly<Record<string, LaneTerms>> | null;
  signed_by: string | null;
  signed_at: number | null;
  published_at: number | null;
}

export interface Pacts {
  readonly byDigest: Map<string, PactStanding>;
  /** Agent → lane → digest of the pact in force. */
  readonly inForce: Map<string, Record<string, string>>;
}

export const noPacts = (): Pacts => ({ byDigest: new Map(), inForce: new Map() });

export function propose(pacts: Pacts, { data, by, at }: Placed<'pact.proposed'>): void {
  if (pacts.byDigest.has(data.digest)) return;
  pacts.byDigest.set(data.digest, {
    digest: data.digest,
    pact: data.pact,
    version: data.version,
    author: data.author,
    proposed_by: by,
    proposed_at: at,
    agents: data.agents,
    files: data.files.map(({ path, content }) => ({ path, blob: content.blob })),
    tests: data.tests ?? null,
    lanes: data.lanes ?? null,
    signed_by: null,
    signed_at: null,
    published_at: null,
  });
}

export function sign(pacts: Pacts, { data, by, at }: Placed<'pact.signed'>): void {
  const pact = pacts.byDigest.get(data.digest);
  if (!pact) return;
  pact.signed_by = by;
  pact.signed_at = at;
}

/** The lanes of an older version that the new one no longer has go out of force with it. */
export function publish(pacts: Pacts, { data, at }: Placed<'pact.published'>): void {
  const published = pacts.byDigest.get(data.digest);
  if (published) published.published_at = at;
  for (const [agent, lanes] of pacts.inForce)
    for (const [lane, digest] of Object.entries(lanes))
      if (pacts.byDigest.get(digest)?.pact === data.pact) {
        delete lanes[lane];
        if (Object.keys(lanes).length === 0) pacts.inForce.delete(agent);
      }
  for (const agent of data.agents) {
    const lanes = pacts.inForce.get(agent) ?? {};
    pacts.inForce.set(agent, lanes);
    for (const lane of data.lanes) lanes[lane] = data.digest;
  }
}

/** The pacts that bind an agent, each once, in the order of their lanes. */
export const pactsOf = (pacts: Pacts, agent: string): readonly string[] => [
  ...new Set(Object.values(pacts.inForce.get(agent) ?? {})),
];
