/** The control: a bare HTTP server that reads each body as JSON and appends given bytes, with one fdatasync a group. */
import { fdatasync, openSync, writev } from 'node:fs';
import { createServer } from 'node:http';

const [path, size] = process.argv.slice(2);
const file = openSync(path, 'a');
const record = Buffer.alloc(Number(size), 'x');
const answer = JSON.stringify({ ok: true, filler: 'x'.repeat(500) });
let waiting = [];
let isWriting = false;

function flush() {
  isWriting = true;
  const batch = waiting;
  waiting = [];
  writev(
    file,
    batch.map(() => record),
    () =>
      fdatasync(file, () => {
        for (const response of batch) {
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
          response.end(answer);
        }
        if (waiting.length > 0) flush();
        else isWriting = false;
      }),
  );
}

const server = createServer((incoming, response) => {
  const parts = [];
  incoming.on('data', (part) => parts.push(part));
  incoming.on('end', () => {
    JSON.parse(Buffer.concat(parts).toString());
    waiting.push(response);
    if (!isWriting) setImmediate(() => isWriting || flush());
  });
});
server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => process.exit(0));
