/** What the sample desk shows on request: ordinary visits, played now. */
import type { SampleShown, Scenario } from '@surety/core/wire';
import type { People } from './people.ts';
import { paid } from './scripts/refund.ts';
import type { Talk } from './talk.ts';
import type { Traffic } from './traffic.ts';
import type { Customer } from './visit.ts';

export type Scenarios = Readonly<Record<Scenario, () => Promise<SampleShown>>>;

const REFUNDS = 3;
const AMOUNT = 45;
const BURST = 70;
const BURST_EVERY_MS = 200;

export function makeScenarios(traffic: Traffic, people: People, seed: number): Scenarios {
  return {
    refunds: () => showRefunds(traffic, people, seed),
    'worse-model': () => showWorse(traffic, seed),
    'better-model': async () => {
      traffic.setWorse(false);
      return {
        says: 'The old model is back behind bolt. What it did stays on the record.',
        agent: 'bolt',
        conversation_ids: [],
      };
    },
  };
}

/** One customer, three conversations, 45 dollars each: none breaks a rule alone, and the third would make it 135 in 30 days. */
async function showRefunds(traffic: Traffic, people: People, seed: number): Promise<SampleShown> {
  const k = traffic.takeAsked();
  const customer: Customer = {
    customer_id: `sample-customer-r${k}`,
    name: 'Rita Refundling',
    email: `rita.${k}@mail.example`,
    postcode: '10245',
  };
  const ids = Array.from({ length: REFUNDS }, (_, i) => `sample-${seed}-r${k}-${i + 1}`);
  const { lanes, stopped } = await people.as('floor.lead').agent.trust({ name: 'aria' });
  const lane = lanes.find((one) => one.lane === 'refund_checks');
  const play = async () => {
    for (const [i, id] of ids.entries()) {
      const isLast = i === REFUNDS - 1;
      // The next one asks as soon as this refund is decided: one reply in ten waits for a person, and holds up no other.
      await new Promise<void>((next) => {
        const wanted = { agent: 'aria', kind: 'refund', slip: 'none', customer, id } as const;
        const script = (talk: Talk) => fortyFive(talk, next);
        void traffic.visit(wanted, { script, isQuick: true, keepsHolds: isLast }).finally(next);
      });
    }
  };
  void play();
  const says =
    stopped || lane?.stopped
      ? 'aria is stopped, so its customer reaches a person.'
      : lane?.state === 'limited' || lane?.state === 'autonomous'
        ? 'Rita asks for 45 dollars three times. Two are paid; the third waits, since at most 100 dollars in 30 days are allowed.'
        : 'aria is supervised in refunds, so each of the three refunds waits for a person.';
  return { says, agent: 'aria', conversation_ids: ids };
}

async function fortyFive(talk: Talk, onDecided: () => void) {
  const order = talk.bought({ total: 89, daysAgo: 4 });
  await talk.hears('damaged', { product: 'reading lamp', amount: AMOUNT.toFixed(2) });
  return paid(talk, order, { reason: 'damaged', amount: AMOUNT, onDecided });
}

/** Nobody says that the model changed: only what it does tells, and the statistics hear it. */
async function showWorse(traffic: Traffic, seed: number): Promise<SampleShown> {
  traffic.setWorse(true);
  const k = traffic.takeAsked();
  const ids = Array.from({ length: BURST }, (_, i) => `sample-${seed}-w${k}-${i + 1}`);
  for (const [i, id] of ids.entries())
    traffic.after(i * BURST_EVERY_MS, () => {
      void traffic.visit({ agent: 'bolt', kind: i % 4 === 3 ? 'triage' : 'question', id }, { isQuick: true });
    });
  return {
    says: `A worse model is behind bolt now, and nobody declared it. ${BURST} customers come within ${(BURST * BURST_EVERY_MS) / 1_000} seconds.`,
    agent: 'bolt',
    conversation_ids: ids,
  };
}
