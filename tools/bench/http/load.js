/** A load generator that costs little: raw sockets, one request after the other on each, answers read by their length. */
import { connect } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');

/** Sends `next()` on each of `callers` connections until `until` (ms since start); gives latencies in ms and failures. */
export function load({ port, callers, seconds, next }) {
  const latencies = [];
  let failures = 0;
  let sample;
  const started = performance.now();
  const end = started + seconds * 1_000;
  const caller = (i) =>
    new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let buffer = Buffer.alloc(0);
      let sentAt = 0;
      const send = () => {
        if (performance.now() >= end) {
          socket.destroy();
          resolve();
          return;
        }
        sentAt = performance.now();
        socket.write(next(i));
      };
      socket.on('connect', send);
      socket.on('error', reject);
      socket.on('data', (piece) => {
        buffer = buffer.length === 0 ? piece : Buffer.concat([buffer, piece]);
        const head = buffer.indexOf(HEAD_END);
        if (head < 0) return;
        const text = buffer.toString('latin1', 0, head);
        const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
        if (buffer.length < head + 4 + length) return;
        if (!text.startsWith('HTTP/1.1 200')) {
          failures++;
          sample ??= buffer.toString('utf8', 0, 600);
        }
        latencies.push(performance.now() - sentAt);
        buffer = buffer.subarray(head + 4 + length);
        send();
      });
    });
  return Promise.all(Array.from({ length: callers }, (_, i) => caller(i))).then(() => ({
    perSecond: latencies.length / ((performance.now() - started) / 1_000),
    latencies: latencies.sort((a, b) => a - b),
    failures,
    sample,
  }));
}

/** A request of HTTP/1.1 as bytes. */
export const request = (path, body, headers = {}) => {
  const text = JSON.stringify(body);
  const lines = Object.entries({
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  return `POST ${path} HTTP/1.1\r\nhost: bench\r\n${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${text}`;
};
