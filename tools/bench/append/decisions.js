/** Decisions of about a kilobyte, recorded by the real write path: one entry a request. */
import { randomBytes } from 'node:crypto';
import { SYSTEM } from '../../../packages/server/dist/operations/operation.js';
import { openDesk } from '../../../packages/server/dist/server/open-desk.js';

/** So many that the world is no trifle, so few that they come again. */
const CONVERSATIONS = 10_000;
const ACTOR = SYSTEM('system:bench');

const RECORD = {
  route: undefined,
  decide: (_world, { id, data }) => [{ id, type: 'action.decided', data }],
  answer: ([entry]) => entry.seq,
};

const SEALED = {
  ...RECORD,
  decide: (_world, { id, data, subject }, moment) => [
    { id, type: 'action.decided', data: { ...data, detail: moment.commit(subject, 'detail', DETAIL) } },
  ],
};

const DETAIL = 'The refund is larger than what is left on the order; a person may decide otherwise. '.repeat(3);

const REASONS = Array.from({ length: 5 }, (_, k) => ({
  id: `P-${k}`,
  why: 'rule',
  decision: 'deny',
  severity: 'high',
  enforced: true,
  cause: 'condition',
  fact: `order.items.${k}.left_on_order`,
}));

let pool = Buffer.alloc(0);

/** Random bytes, drawn in large portions: they are the caller's, not what is measured. */
function fresh(bytes) {
  if (pool.length < bytes) pool = randomBytes(65_536);
  const drawn = pool.subarray(0, bytes);
  pool = pool.subarray(bytes);
  return drawn;
}

const hex = (bytes) => fresh(bytes).toString('hex');

function dataOf(action, conversation) {
  return {
    action,
    agent: 'bench-agent',
    conversation,
    tool: 'issue_refund',
    lane: null,
    state: 'limited',
    decision: 'deny',
    enforced: true,
    reasons: REASONS,
    pact: `sha256:${'a'.repeat(64)}`,
    offset: -240,
    money: { currency: 'USD', minor: 4_200 },
  };
}

/** `seals`: each request also writes a disclosure that its entry commits to. */
export async function openDecisions(config, { seals = false } = {}) {
  const desk = await openDesk(config, {
    onFatal: (code, sentence) => {
      throw new Error(`${code}: ${sentence}`);
    },
  });
  const conversations = Array.from({ length: CONVERSATIONS }, () => `c_${hex(16)}`);
  const subject = seals ? await desk.subjects.resolve({ kind: 'customer', value: 'bench' }) : undefined;
  let n = 0;
  return {
    record() {
      const action = `a/${hex(16)}`;
      const id = `${action}/decided`;
      const data = dataOf(action, conversations[(n++ * 7_919) % CONVERSATIONS]);
      const asked = { command: { id, data, subject }, actor: ACTOR, ids: [id], tag: fresh(32) };
      return desk.writer.perform(seals ? SEALED : RECORD, asked);
    },
    /** The bytes of one such entry, and of what lies beside it. */
    async sample() {
      for await (const row of desk.store.entries(desk.writer.world.size - 1, 1)) {
        const [disclosure] = await desk.store.disclosures([row.idx]);
        return Buffer.concat([row.body, disclosure?.sealed ?? Buffer.alloc(0)]);
      }
    },
    close: () => desk.close(),
  };
}
