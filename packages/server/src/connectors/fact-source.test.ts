/** Answers of sources that may be old are kept, as many as the limits allow and no more. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANSWER_LIMITS, type AnswerLimits, factSource } from './fact-source.ts';

describe('answers that are kept', () => {
  let source: Server;
  let asked: string[] = [];
  beforeAll(async () => {
    source = createServer((request, response) => {
      asked.push(String(request.url));
      response.end(JSON.stringify('x'.repeat(1_000)));
    });
    await new Promise<void>((go) => source.listen(0, '127.0.0.1', go));
  });
  afterAll(() => new Promise((gone) => source.close(gone)));

  /** The paths that are asked for again, from the latest back. */
  async function askedAgain(count: number, maxAgeMs: number | undefined, limits: Partial<AnswerLimits> = {}) {
    const { port } = source.address() as AddressInfo;
    const ask = factSource(
      () => undefined,
      () => 0,
      { ...ANSWER_LIMITS, ...limits },
    );
    const get = (n: number) =>
      ask({ url: `http://127.0.0.1:${port}/${n}`, headersFrom: undefined, timeoutMs: 60_000, maxAgeMs });
    for (let n = 0; n < count; n++) expect(await get(n)).toHaveLength(1_000);
    asked = [];
    for (let n = count - 1; n >= 0; n--) expect(await get(n)).toHaveLength(1_000);
    return asked;
  }

  it('are as many as the limit, and not one more', async () => {
    expect(await askedAgain(3, 1, { answers: 3 })).toEqual([]);
    expect(await askedAgain(4, 1, { answers: 3 })).toEqual(['/0']);
  });

  it('are as large together as the limit, and not larger', async () => {
    const one = 1_024 + 8 * 1_002;
    expect(await askedAgain(3, 1, { bytes: 3 * one })).toEqual([]);
    expect(await askedAgain(3, 1, { bytes: 3 * one - 1 })).toEqual(['/0']);
  });

  it('are none where an answer may not be old', async () => {
    expect(await askedAgain(2, undefined)).toEqual(['/1', '/0']);
  });
});
