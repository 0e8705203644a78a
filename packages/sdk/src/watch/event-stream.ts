/** Server-sent events (WHATWG HTML, 9.2), read from a fetch: reconnects, resumes after the last event it heard. */
import type { Transport } from '../transport.ts';

export interface StreamEvent {
  readonly type: string;
  readonly id: string;
  readonly data: string;
}

/** A stream that says nothing for this long, not even a comment, is taken for dead. */
const SILENCE_MS = 45_000;
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;
const EVENT_CHARS = 1_048_576;

export interface Following {
  readonly transport: Transport;
  readonly path: string;
  readonly deadlineMs: number;
  onOpen(): void;
  onEvent(event: StreamEvent): void;
}

/** Follows until the returned function is called. */
export function follow(following: Following): () => void {
  const end = new AbortController();
  void run(following, end.signal);
  return () => end.abort();
}

async function run(following: Following, end: AbortSignal): Promise<void> {
  let retryMs = FIRST_RETRY_MS;
  let lastId = '';
  while (!end.aborted) {
    const head = { accept: 'text/event-stream', ...(lastId !== '' && { 'last-event-id': lastId }) };
    try {
      await readOnce(following, head, end, (event) => {
        retryMs = FIRST_RETRY_MS;
        lastId = event.id;
        following.onEvent(event);
      });
    } catch {
      // Whatever broke it, the next try tells: the gate itself refuses a stopped agent meanwhile.
    }
    await pause(retryMs * (0.5 + Math.random() / 2), end);
    retryMs = Math.min(2 * retryMs, LAST_RETRY_MS);
  }
}

async function readOnce(
  { transport, path, deadlineMs, onOpen }: Following,
  head: Record<string, string>,
  end: AbortSignal,
  onEvent: (event: StreamEvent) => void,
): Promise<void> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), deadlineMs);
  try {
    const response = await transport.open(path, head, AbortSignal.any([end, silence.signal]));
    const reader = response.body?.getReader();
    if (!reader || !response.ok) return await response.body?.cancel();
    onOpen();
    const parser = eventParser(onEvent);
    const decoder = new TextDecoder();
    for (;;) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      const { done, value } = await reader.read();
      if (done) return;
      parser(decoder.decode(value, { stream: true }));
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Takes the stream in pieces of any size. */
export function eventParser(onEvent: (event: StreamEvent) => void): (piece: string) => void {
  let rest = '';
  let type = '';
  let data: string[] = [];
  let id = '';
  const take = (line: string) => {
    if (line === '') {
      if (data.length > 0) onEvent({ type: type || 'message', id, data: data.join('\n') });
      type = '';
      data = [];
      return;
    }
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'event') type = value;
    else if (field === 'data') data.push(value);
    else if (field === 'id' && !value.includes('\0')) id = value;
  };
  return (piece) => {
    rest += piece;
    // A carriage return at the end may be half of a line's end.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    if (rest.length > EVENT_CHARS) throw new Error('An event of the stream is too long');
    lines.forEach(take);
  };
}

function pause(ms: number, end: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      end.removeEventListener('abort', go);
      resolve();
    };
    const timer = setTimeout(go, ms);
    // Waiting for a gate that is away keeps no process alive.
    timer.unref?.();
    end.addEventListener('abort', go);
  });
}
