import { expect, it } from 'vitest';
import type { People } from './people.ts';
import { makeScenarios } from './scenarios.ts';
import type { Talk } from './talk.ts';
import type { Manner, Traffic } from './traffic.ts';
import type { Wanted } from './visit.ts';

it('asks for all three refunds, also while the reply after the first waits for a person', async () => {
  const article = { article_id: 'A-103', version: 1, says: 'It takes days.' };
  const talk = {
    visit: { customer: { email: 'a@mail.example', postcode: '1' } },
    stock: { articles: new Map([['A-103', article]]) },
    bought: () => ({ order_id: 'W1', payment_method: 'card_1' }),
    hears: async () => undefined,
    reads: async () => undefined,
    does: async () => ({ ok: {}, action: 'act_1' }),
    replies: () => new Promise(() => undefined),
  } as unknown as Talk;
  const asked: (string | undefined)[] = [];
  const traffic = {
    takeAsked: () => 1,
    async visit({ id }: Wanted, { script }: Manner) {
      asked.push(id);
      await script?.(talk);
    },
  } as unknown as Traffic;
  const people = { as: () => ({ agent: { trust: async () => ({ lanes: [], stopped: false }) } }) } as unknown as People;
  const { conversation_ids } = await makeScenarios(traffic, people, 7).refunds();
  await expect.poll(() => asked, { timeout: 60_000 }).toEqual(conversation_ids);
  expect(conversation_ids).toHaveLength(3);
});
