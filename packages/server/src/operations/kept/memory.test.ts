/** What is remembered of conversations has a limit in number and one in bytes; what was let go is built anew. */
import type { Step } from '@surety/core/terms';
import { describe, expect, it } from 'vitest';
import { MEMORY_LIMITS, Memories, type MemoryLimits, type TraceEntry } from './memory.ts';

const said = (chars: number): Step[] => [{ kind: 'customer', text: 'x'.repeat(chars) }];
const ref = (n: number) => ({ name: `c_${n}`, id: `case-${n}`, customer: undefined, channel: undefined });

/** Conversations of one entry each, in which the customer says so many characters; and which entries were read. */
function conversations(limits: MemoryLimits, chars = 10) {
  const read: number[] = [];
  const memories = new Memories(
    () => 0,
    async (indexes) => {
      read.push(...indexes);
      return new Map(indexes.map((index) => [index, said(chars)]));
    },
    limits,
  );
  return { memories, read, load: (n: number) => memories.load(ref(n), { trace: [n], cut: false }) };
}

/** The entries that are read again when conversations are asked for from the latest back. */
async function readAgain(limits: MemoryLimits, count: number, chars?: number): Promise<readonly number[]> {
  const { read, load } = conversations(limits, chars);
  for (let n = 0; n < count; n++) await load(n);
  read.length = 0;
  for (let n = count - 1; n >= 0; n--) await load(n);
  return read;
}

describe('conversations that are remembered', () => {
  it('are as many as the limit, and not one more', async () => {
    const limits = { ...MEMORY_LIMITS, conversations: 5 };
    expect(await readAgain(limits, 5)).toEqual([]);
    expect(await readAgain(limits, 6)).toEqual([0]);
  });

  it('are let go for what they hold, however few they are', async () => {
    const { bytes } = await conversations(MEMORY_LIMITS, 100_000).load(0);
    expect(bytes).toBeGreaterThan(200_000);
    expect(await readAgain({ ...MEMORY_LIMITS, bytes: 3 * bytes }, 3, 100_000)).toEqual([]);
    expect(await readAgain({ ...MEMORY_LIMITS, bytes: 3 * bytes - 1 }, 3, 100_000)).toEqual([0]);
  });

  it('push others out as they go on, and are not kept where one alone is too large', async () => {
    const { memories, read, load } = conversations({ ...MEMORY_LIMITS, bytes: 260_000 }, 60_000);
    await load(1);
    await load(2);
    memories.take(goingOn(2, 3), said(10), { trace: [2, 3], cut: false });
    read.length = 0;
    await load(1);
    expect(read).toEqual([]);
    memories.take(goingOn(2, 4), said(5_000), { trace: [2, 3, 4], cut: false });
    await load(1);
    expect(read).toEqual([1]);
    memories.take(goingOn(1, 5), said(70_000), { trace: [1, 5], cut: false });
    await memories.load(ref(1), { trace: [1, 5], cut: false });
    expect(read).toEqual([1, 1, 5]);
  });
});

const goingOn = (n: number, seq: number): TraceEntry => ({
  seq,
  id: `t/${seq}`,
  type: 'trace.observed',
  at: 0,
  by: 'agent:bot',
  data: { agent: 'bot', conversation: `c_${n}`, steps: 1 },
});
