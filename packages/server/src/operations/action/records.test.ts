/** What is kept of the latest actions has a limit in number and one in bytes; the store knows the others. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { type Desk, openDesk } from '../../server/open-desk.ts';
import { SYSTEM } from '../operation.ts';
import { fromWireId } from '../personal/names.ts';
import { proposeAction } from './propose.ts';
import { ActionRecords, RECORD_LIMITS, type RecordLimits } from './records.ts';

describe('actions that are kept', () => {
  const folder = mkdtempSync(join(tmpdir(), 'surety-records-'));
  const ids: string[] = [];
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk(readConfig({}, { dataDir: folder, port: 0 }), {
      onFatal(_code, says) {
        throw new Error(says);
      },
    });
    for (let n = 0; n < 4; n++) {
      const proposal = {
        agent: 'bot',
        conversation_id: `case-${n}`,
        call_id: 'c',
        tool: 't',
        args: { said: 'x'.repeat(50_000) },
      };
      ids.push(fromWireId((await proposeAction(desk, SYSTEM('system:test'), proposal)).id));
    }
  });
  afterAll(async () => {
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Which of the first are read anew, from the latest back: what was kept is the very same. */
  async function readAnew(count: number, limits: Partial<RecordLimits>): Promise<readonly number[]> {
    const records = new ActionRecords(desk.store, desk.subjects, { ...RECORD_LIMITS, ...limits });
    const first = [];
    for (const id of ids.slice(0, count)) first.push(await records.get(id));
    const anew: number[] = [];
    for (let n = count - 1; n >= 0; n--) {
      const again = await records.get(ids[n] as string);
      expect(again).toEqual(first[n]);
      if (again !== first[n]) anew.push(n);
    }
    return anew;
  }

  it('are as many as the limit, and not one more', async () => {
    expect(await readAnew(3, { actions: 3 })).toEqual([]);
    expect(await readAnew(4, { actions: 3 })).toEqual([0]);
  });

  it('are let go for what they hold, however few they are', async () => {
    expect(await readAnew(3, { bytes: 3 * 60_000 })).toEqual([]);
    expect(await readAnew(4, { bytes: 3 * 60_000 })).toEqual([0]);
    expect(await readAnew(1, { bytes: 50_000 })).toEqual([0]);
  });
});
