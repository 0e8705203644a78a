/** Sets the sample desk up: its agents registered, its pact in force, keys for whoever acts. Done twice, it changes nothing. */
import { SuretyError } from '@surety/sdk';
import type { Diary } from './diary.ts';
import type { People } from './people.ts';
import { samplePact } from './sample-pact.ts';
import { AGENTS, type AgentName } from './visit.ts';

const PARTIES: Readonly<Record<AgentName, string>> = { aria: 'operator', bolt: 'sample-vendor' };

export async function setUp(people: People, diary: Diary): Promise<void> {
  const engineer = people.as('sample.engineer');
  for (const name of AGENTS)
    await once(() =>
      engineer.agent.register({
        name,
        party: PARTIES[name],
        purpose: 'sample: a script that plays an agent, without a model',
        model: `sample-script-${name}-1`,
      }),
    );
  await forcePact(people);
  for (const [name, role] of [
    ...AGENTS.map((agent) => [agent, 'agent'] as const),
    ['helpdesk', 'connector'] as const,
  ]) {
    if (diary.pages.keys[name] !== undefined) continue;
    const { key } = await engineer.key.create({ name, role });
    diary.pages.keys = { ...diary.pages.keys, [name]: key };
    diary.write();
  }
}

/** Author and signer differ, in a sample too. */
async function forcePact(people: People): Promise<void> {
  const author = people.as('pact.author');
  const { pact, files, tests } = samplePact();
  await once(() => author.pact.propose({ pact, files: { ...files }, tests: { ...tests } }));
  const { pacts } = await author.pact.list();
  const mine = pacts.find((one) => one.pact === 'sample-desk');
  if (!mine || mine.in_force) return;
  const { digest } = mine;
  if (mine.signed_by === null) await people.as('sample.signer').pact.sign({ digest }, {});
  await author.pact.publish({ digest }, {});
}

/** A conflict says that it was done before. */
export async function once<T>(does: () => Promise<T>): Promise<T | undefined> {
  try {
    return await does();
  } catch (error) {
    if (error instanceof SuretyError && error.status === 409) return undefined;
    throw error;
  }
}
