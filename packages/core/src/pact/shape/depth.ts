/** How deep JSON from outside is nested, found without recursion: what is too deep must not reach a function that recurses. */
import type { Json } from '../../terms/json.ts';
import { PACT_LIMITS } from '../pact-limits.ts';

/** A schema stands in YAML, so what is deeper than YAML is read fits none. */
export function isShallow(json: Json | undefined): boolean {
  let level: readonly unknown[] = [json];
  for (let depth = 0; depth <= PACT_LIMITS.yamlDepth; depth++) {
    const below: unknown[] = [];
    for (const value of level)
      if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) below.push(member);
    if (below.length === 0) return true;
    level = below;
  }
  return false;
}
