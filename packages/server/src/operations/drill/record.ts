/** Records a drill that was run, with what it showed. */
import type { DataOf } from '@surety/core/evidence';
import type { RecordDrill } from '@surety/core/wire';
import type { Context } from '../context.ts';
import type { Actor, Operation } from '../operation.ts';

export function recordDrill(
  context: Context,
  actor: Actor,
  body: RecordDrill,
  id: string,
): Promise<{ receipt: { seq: number } }> {
  const { drill, agent, passed, took_ms, detail } = body;
  const data = {
    drill,
    passed,
    took_ms,
    ...(agent === undefined ? {} : { agent }),
    ...(detail === undefined ? {} : { detail }),
  };
  return context.writer.perform(RECORD, { command: { id, data }, actor, ids: [id], tag: context.names.tag(data) });
}

const RECORD: Operation<{ readonly id: string; readonly data: DataOf<'drill.done'> }, { receipt: { seq: number } }> = {
  route: 'drill.record',
  decide: (_world, { id, data }) => [{ id, type: 'drill.done', data }],
  answer: ([entry]) => ({ receipt: { seq: entry?.seq ?? -1 } }),
};
