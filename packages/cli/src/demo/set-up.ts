/** Sets the sample desk up: its agents registered, its pact in force, keys for whoever acts. What is set up is left to its people. */
import { SuretyError } from '@surety/sdk';
import type { Diary } from './diary.ts';
import type { People } from './people.ts';
import { samplePact } from './sample-pact.ts';
import { AGENTS, type AgentName } from './visit.ts';

const PARTIES: Readonly<Record<AgentName, string>> = { aria: 'operator', bolt: 'sample-vendor' };

/** Whose key is made last: with it the desk is complete. */
const LAST = 'helpdesk';

export async function setUp(people: People, diary: Diary): Promise<void> {
  if (diary.pages.keys[LAST] !== undefined) return;
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
  for (const [name, role] of [...AGENTS.map((agent) => [agent, 'agent'] as const), [LAST, 'connector'] as const]) {
    if (diary.pages.keys[name] !== undefined) continue;
    const { key } = await engineer.key.create({ name, role });
    diary.pages.keys = { ...diary.pages.keys, [name]: key };
    diary.write();
  }
}

/** Author and signer differ, in a sample too. */
async function forcePact(people: People): Promise<void> {
  const author = people.as('pact.author');
  const versions = async () => (await author.pact.list()).pacts.filter((one) => one.pact === 'sample-desk');
  if ((await versions()).some(({ in_force }) => in_force)) return;
  const { pact, files, tests } = samplePact();
  await once(() => author.pact.propose({ pact, files: { ...files }, tests: { ...tests } }));
  const mine = (await versions()).find(({ version }) => version === 1);
  if (!mine) return;
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
