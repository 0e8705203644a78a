/** What can be gone to by its name: places, agents, pacts, and whatever an id leads to. */
import { useAgents, usePacts } from '../api/index.ts';
import { links } from '../links.ts';
import { type Command, CommandPalette } from '../ui/index.ts';
import type { Place } from './place.ts';

export function Palette({
  places,
  go,
  onClose,
}: {
  readonly places: readonly Place[];
  readonly go: (href: string) => void;
  readonly onClose: () => void;
}) {
  const { data: agents } = useAgents();
  const { data: pacts } = usePacts();
  const commands: readonly Command[] = [
    ...places.map(({ key, says, icon, href }) => ({ id: key, says, icon, hint: 'place', run: () => go(href) })),
    ...(agents?.agents ?? []).map(({ agent, party }) => ({
      id: `agent-${agent}`,
      says: agent,
      icon: 'agents' as const,
      hint: party === 'operator' ? 'agent' : `agent of ${party}`,
      run: () => go(links.agent(agent)),
    })),
    ...(pacts?.pacts ?? []).map(({ digest, pact, version, in_force }) => ({
      id: `pact-${digest}`,
      says: `${pact}, version ${version}`,
      icon: 'pacts' as const,
      hint: in_force ? 'pact in force' : 'pact',
      run: () => go(links.pact(digest)),
    })),
  ];
  return <CommandPalette commands={commands} onClose={onClose} />;
}
