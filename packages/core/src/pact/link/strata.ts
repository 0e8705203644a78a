/**
 * The reference mix of trust (trust-statistics, section 5): which kind of work a conversation is. Every stratum but one
 * is a definition that says so; it may name nothing that the agent proposes, since nobody chooses their own stratum.
 */
import { BOOL } from '../condition/type.ts';
import type { StrataPlan } from '../pact.ts';
import { type ScopeSource, ToolScope } from './scope.ts';

export function linkStrata(scopes: ScopeSource): StrataPlan | undefined {
  const { file } = scopes;
  const written = Object.entries(file.trust?.strata ?? {});
  if (written.length === 0) return undefined;
  const scope = new ToolScope(scopes, {});
  const isDefined = ([name]: readonly [string, number]): boolean => Object.hasOwn(file.define ?? {}, name);
  const kinds = written.filter(isDefined).flatMap(([name]) => {
    scopes.used(name);
    const condition = scope.read(['define', name, 'cel'], file.define?.[name]?.cel ?? '', BOOL);
    return condition ? [{ name, condition }] : [];
  });
  const others = written.filter((one) => !isDefined(one));
  return {
    kinds,
    rest: others[0]?.[0] ?? '',
    shares: [...written.filter(isDefined), ...others].map(([name, share]) => ({ name, share })),
    slots: scope.slots,
  };
}
