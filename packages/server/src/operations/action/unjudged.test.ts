/** A judgement that fails holds the action for its owner, and keeps nobody from a person. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { type Desk, openDesk } from '../../server/open-desk.ts';
import { registerAgent } from '../agent/register.ts';
import { proposePact } from '../pact/propose.ts';
import { publishPact } from '../pact/publish.ts';
import { signPact } from '../pact/sign.ts';
import { Drafting } from '../writing/drafting.ts';
import { prepareProposal } from './proposal.ts';
import { PROPOSE } from './propose.ts';

const PACT = `
pact: shop
format: 1
version: 1
says: What the label agent may do.
author: dana.kim
agents: [bot]
currency: USD
zone: Z
owners:
  desk: { primary: maria.lopez, backup: omar.haddad, answer_within: 15m, then: route_to_owner }
lanes:
  labels:
    owner: desk
    mode: enforce
    may:
      set_label: { args: { type: object, required: [label], additionalProperties: false, properties: { label: { type: string } } } }
      hand_over: { queues: { general: desk } }
    autonomy: { limited: {}, autonomous: {} }
consequences: {}
evidence: { keep: 400d, personal: [trace.text, action.args.label], erase_after: 180d }
`;

describe('a judgement that fails', () => {
  const folder = mkdtempSync(join(tmpdir(), 'surety-unjudged-'));
  const actor = (name: string) => ({ by: `person:${name}`, roles: ['governance'], scopes: ['local'] }) as const;
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk(readConfig({}, { dataDir: folder, port: 0 }), {
      onFatal(_code, says) {
        throw new Error(says);
      },
    });
    await registerAgent(desk, actor('ken'), { name: 'bot', party: 'operator' });
    const { pact } = await proposePact(desk, actor('dana.kim'), { pact: 'pact.yaml', files: { 'pact.yaml': PACT } });
    await signPact(desk, actor('ken'), pact.digest, {});
    await publishPact(desk, actor('ken'), pact.digest);
  });
  afterAll(async () => {
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Decided with a memory of the conversation that fails. */
  async function decide(tool: string, args: object) {
    const asked = { agent: 'bot', conversation_id: 'case-1', call_id: 'c1', tool, args };
    const prepared = await prepareProposal(desk, asked, undefined);
    const fails = {
      value: () => {
        throw new Error('a defect');
      },
    };
    const remembered = Object.create(prepared.remembered ?? null, { memoryFor: fails });
    const moment = new Drafting(desk.clock(), actor('ken'), new Map(), desk.subjects);
    return PROPOSE.decide(desk.writer.world, { ...prepared, remembered, isLast: false }, moment).at(-1)?.data;
  }

  it('holds the action for its owner', async () => {
    expect(await decide('set_label', { label: 'delivery' })).toMatchObject({
      decision: 'hold',
      enforced: true,
      reasons: [{ id: 'default' }],
      hold: { owner: 'desk' },
    });
  });

  it('lets a hand-over through to the owner', async () => {
    expect(await decide('hand_over', {})).toMatchObject({ decision: 'allow', routed_to: { owner: 'desk' } });
  });
});
