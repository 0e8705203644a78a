/** Real recorded conversations, taken in and judged again one by one: what comes out is what was recorded. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { readRecording } from '@surety/core/recording';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { type Desk, openDesk } from '../../server/open-desk.ts';
import { importConversations } from '../conversation/import.ts';
import { showConversation } from '../conversation/show.ts';
import { listDecisions } from './list.ts';
import { showDecision } from './show.ts';

const root = fileURLToPath(new URL('../../../../../', import.meta.url));
const data = join(process.env['SURETY_SHARED'] ?? resolve(root, '..', 'shared'), 'data', 'tau');
const isHere = existsSync(data);
if (!isHere) console.warn(`The recordings are not there, so none is judged again: looked for ${data}`);

const SLOW = 120_000;
const CONVERSATIONS = 25;
const FILES = {
  retail: [
    'pact.yaml',
    'rubrics/consent.md',
    'rubrics/grounding.md',
    'rubrics/out_of_scope.md',
    'tools/change_items.yaml',
  ],
  airline: [
    'pact.yaml',
    ...['booking_questions', 'cancellation_reason', 'compensation_asked', 'consent', 'grounding', 'out_of_scope'].map(
      (name) => `rubrics/${name}.md`,
    ),
    'tables/free_bags.yaml',
    ...[
      'book_reservation',
      'update_reservation_baggages',
      'update_reservation_flights',
      'update_reservation_passengers',
    ].map((name) => `tools/${name}.yaml`),
  ],
  telecom: [
    'pact.yaml',
    ...['abroad', 'grounding', 'out_of_scope', 'price_agreed'].map((name) => `rubrics/${name}.md`),
    'tools/line.yaml',
  ],
};

describe.skipIf(!isHere)('recorded conversations', () => {
  const folder = mkdtempSync(join(tmpdir(), 'surety-recorded-'));
  const actor = { by: 'person:ken', roles: ['steward'], scopes: ['local'] } as const;
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk(readConfig({}, { dataDir: folder, port: 0 }), {
      onFatal(_code, says) {
        throw new Error(says);
      },
    });
  }, SLOW);
  afterAll(async () => {
    await desk?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['retail', undefined],
    ['airline', '2024-05-15T15:00:00-05:00'],
    ['telecom', '2025-02-25T12:08:00-05:00'],
  ] as const)(
    'of the %s desk are judged again as they were',
    async (policy, now) => {
      const bytes = gunzipSync(readFileSync(join(data, `${policy}.chat.jsonl.gz`)));
      const { conversations } = readRecording(bytes.toString('utf8'));
      const files = Object.fromEntries(
        FILES[policy].map((path) => [path, readFileSync(join(root, 'examples', policy, path), 'utf8')]),
      );
      const body = {
        run: `judged${policy}`,
        pact: 'pact.yaml',
        files,
        agent: policy,
        ...(now === undefined ? {} : { now }),
        conversations: JSON.parse(JSON.stringify(conversations.slice(0, CONVERSATIONS))),
      };
      expect(body.conversations).toHaveLength(CONVERSATIONS);
      const { actions } = await importConversations(desk, actor, body);
      const answers = { true: 0, false: 0, null: 0 };
      const others: string[] = [];
      for (let before: number | undefined; ; ) {
        const page = await listDecisions(desk, { agent: policy, before, limit: 100 });
        for (const { id } of page.decisions) {
          const decision = await showDecision(desk, id);
          answers[`${decision.judged_again.agrees}`]++;
          if (decision.judged_again.agrees !== true) others.push(`${id}: ${decision.judged_again.sentence}`);
          for (const { outcome, values } of decision.rules) expect(outcome === 'fired' || values).toBeTruthy();
        }
        if (page.next === null) break;
        before = page.next;
      }
      expect(answers, others.slice(0, 5).join('\n')).toEqual({ true: actions, false: 0, null: 0 });
      const shown = await showConversation(desk, String(body.conversations[0].id));
      expect(shown.items.filter(({ item }) => item === 'message').length).toBe(
        body.conversations[0].steps.filter(({ kind }: { kind: string }) => kind !== 'call').length,
      );
    },
    SLOW,
  );
});
