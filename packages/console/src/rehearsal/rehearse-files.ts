/** A pact rehearsed on the files a person dropped: read as streams, one conversation held at a time. */
import { type Pact, unitsOf } from '@surety/core/pact';
import { createReader, type RecordingItem } from '@surety/core/recording';
import type { ZoneOffset } from '@surety/core/terms';
import { type DecidedCall, Rehearsal, Tally } from '@surety/core/world';
import { type RehearseMessage, type RehearseRequest, STOPS_MAX, type Stop } from './messages.ts';
import { readPact } from './read-pact.ts';

const MINUTES_PER_HOLD = 3;
/** How often a person sees it move. */
const REPORT_EVERY = 50;

export async function* rehearseFiles(request: RehearseRequest, offset: ZoneOffset): AsyncGenerator<RehearseMessage> {
  const read = readPact(request.pact);
  if ('says' in read) {
    yield { kind: 'refused', says: read.says };
    return;
  }
  const rehearsal = new Rehearsal(read.pact, { now: request.now, offset });
  const tally = new Tally(read.pact, { minutes_per_hold: MINUTES_PER_HOLD, state: 'autonomous' });
  const total = request.recordings.reduce((sum, { size }) => sum + size, 0);
  let [judged, stopped, before] = [0, 0, 0];
  for (const file of request.recordings) {
    let bytes = 0;
    for await (const item of conversationsOf(file, (n) => (bytes = n))) {
      if (item.kind === 'unreadable') {
        tally.addUnreadable(item.says);
        yield { kind: 'unreadable', says: item.says };
        continue;
      }
      const calls = rehearsal.decide(item.conversation);
      tally.add(calls);
      judged++;
      const stops = calls
        .filter(({ evaluation }) => evaluation.decision !== 'allow')
        .map((call) => toStop(call, read.pact));
      if (stops.length > 0 && stopped < STOPS_MAX) yield { kind: 'stops', stops: stops.slice(0, STOPS_MAX - stopped) };
      stopped += stops.length;
      if (judged % REPORT_EVERY === 0) yield { kind: 'progress', judged, bytes: before + bytes, total };
    }
    before += file.size;
  }
  if (judged === 0) yield { kind: 'refused', says: 'No conversation could be read from what you dropped.' };
  else yield { kind: 'done', report: tally.report(), stops: stopped, judged };
}

/** A write the gate would have stopped, or one only a rule in shadow speaks against. */
function toStop({ conversation, call, evaluation }: DecidedCall, pact: Pact): Stop {
  return {
    key: `${conversation.id}\n${call.call_id}`,
    conversation,
    step: conversation.steps.indexOf(call),
    tool: call.tool,
    lane: evaluation.lane,
    decision: evaluation.decision === 'deny' ? 'deny' : 'hold',
    enforced: evaluation.enforced,
    reasons: evaluation.reasons.map((reason) => ({ ...reason, ...unitsOf(pact, call.tool, reason) })),
  };
}

const GZIP = [0x1f, 0x8b];
const REPLACED = 'some bytes are not UTF-8 and appear as � in what was judged; export the conversations in UTF-8';

async function* conversationsOf(file: File, onBytes: (bytes: number) => void): AsyncGenerator<RecordingItem> {
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const isPacked = GZIP.every((byte, i) => start[i] === byte);
  let bytes = 0;
  const counted = file.stream().pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        bytes += chunk.length;
        controller.enqueue(chunk);
      },
    }),
  );
  const unpacked = isPacked ? counted.pipeThrough(new DecompressionStream('gzip')) : counted;
  const texts = unpacked.pipeThrough(new TextDecoderStream()).getReader();
  const reader = createReader({ source: file.name });
  let isUtf8 = true;
  try {
    for (let next = await texts.read(); !next.done; next = await texts.read()) {
      onBytes(bytes);
      isUtf8 &&= !next.value.includes('\ufffd');
      yield* reader.push(next.value);
    }
  } catch {
    yield* reader.end();
    const what = isPacked ? 'the gzip file is broken or cut off' : 'the file could not be read to its end';
    yield { kind: 'unreadable', place: { line: 1 }, says: `${file.name}: ${what}; what stood before that was read` };
    return;
  }
  yield* reader.end();
  if (!isUtf8) yield { kind: 'unreadable', place: { line: 1 }, says: `${file.name}: ${REPLACED}` };
}
