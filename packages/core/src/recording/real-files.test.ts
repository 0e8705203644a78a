/** The readers against runs of real agents, where those files are at hand. Nothing of them is kept here. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CallStep, Conversation } from '../terms/trace.ts';
import { createReader, readRecording } from './index.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const FOLDER = resolve(process.env.SURETY_SHARED ?? resolve(ROOT, '../shared'), 'data/tau');
const isThere = existsSync(FOLDER);
if (!isThere) console.warn(`skipped: recordings of real agents, looked for in ${FOLDER}`);

const textOf = (name: string): string => gunzipSync(readFileSync(resolve(FOLDER, `${name}.gz`))).toString('utf8');
const callsOf = (conversations: readonly Conversation[]): CallStep[] =>
  conversations.flatMap(({ steps }) => steps.filter((step) => step.kind === 'call'));

function read(name: string): readonly Conversation[] {
  const { conversations, unreadable } = readRecording(textOf(name), { source: name });
  expect(unreadable).toEqual([]);
  return conversations;
}

describe.skipIf(!isThere)('recordings of real agents', () => {
  it.each([
    ['airline.chat.jsonl', 131, 970],
    ['retail.chat.jsonl', 280, 2135],
    ['telecom.chat.jsonl', 49, 435],
    ['original_v1_airline_gpt4o.json', 40, 194],
    ['original_v1_retail_gpt4o_toolcalling.json', 51, 404],
    ['original_v1_retail_grok3.json', 58, 465],
    ['original_v2_retail_gpt41.json', 17, 122],
  ])('%s has all its conversations and calls, each call with an object and a result', (name, count, calls) => {
    const conversations = read(name);
    expect(conversations).toHaveLength(count);
    expect(new Set(conversations.map(({ id }) => id)).size).toBe(count);
    expect(callsOf(conversations)).toHaveLength(calls);
    expect(callsOf(conversations).every((call) => call.args !== undefined && call.result_text !== undefined)).toBe(
      true,
    );
    for (const { steps } of conversations) {
      const ids = steps.flatMap((step) => (step.kind === 'call' ? [step.call_id] : []));
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('give the same in pieces as at once', () => {
    for (const name of ['airline.chat.jsonl', 'original_v1_airline_gpt4o.json', 'original_v2_retail_gpt41.json']) {
      const text = textOf(name);
      const reader = createReader({ source: name });
      const pieces = text.match(/[\s\S]{1,4093}/g) ?? [];
      const items = [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
      expect(items.map((item) => item.kind === 'conversation' && item.conversation)).toEqual(read(name));
    }
  });

  it.each([
    ['original_v1_airline_gpt4o.json', 'airline.chat.jsonl', 'v1-airline-gpt4o-'],
    ['original_v1_retail_gpt4o_toolcalling.json', 'retail.chat.jsonl', 'v1-retail-gpt4o-toolcalling-'],
    ['original_v1_retail_grok3.json', 'retail.chat.jsonl', 'v1-retail-grok3-'],
  ])('%s gives the very steps and call ids of %s', (original, chat, prefix) => {
    const known = new Map(read(chat).map(({ id, steps }) => [id, steps]));
    for (const { id, steps } of read(original)) expect(steps).toEqual(known.get(prefix + id));
  });

  it('original_v2_retail_gpt41.json gives the steps of retail.chat.jsonl, and says besides which calls failed', () => {
    const { simulations } = JSON.parse(textOf('original_v2_retail_gpt41.json'));
    const task = new Map(
      simulations.map((one: Record<string, unknown>) => [one.id, `task${one.task_id}-trial${one.trial}`]),
    );
    const known = new Map(read('retail.chat.jsonl').map(({ id, steps }) => [id, steps]));
    for (const { id, steps } of read('original_v2_retail_gpt41.json')) {
      const unmarked = steps.map((step) => (step.kind === 'call' ? { ...step, ok: undefined } : step));
      expect(unmarked).toEqual(known.get(`v2-retail-gpt41-${task.get(id)}`));
    }
    const failed = callsOf(read('original_v2_retail_gpt41.json')).filter(({ ok }) => ok === false);
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.every(({ result_text }) => result_text?.startsWith('Error'))).toBe(true);
  });

  it('show nothing of what they hold about the right answer', () => {
    for (const name of ['original_v1_airline_gpt4o.json', 'original_v2_retail_gpt41.json']) {
      const shown = JSON.stringify(read(name));
      for (const key of ['reward', 'ground_truth', 'instruction":', 'evaluation_criteria'])
        expect(shown).not.toContain(key);
    }
  });
});
