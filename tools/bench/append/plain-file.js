/** The control: bytes appended to a plain file, durable before they are answered. While one group is synced the next gathers. */
import { close, fdatasync, open, writev } from 'node:fs';
import { promisify } from 'node:util';

export async function openPlainFile(path) {
  const file = await promisify(open)(path, 'a');
  let waiting = [];
  let isWriting = false;
  const answer = (group, error) => {
    for (const { resolve, reject } of group) error ? reject(error) : resolve();
  };
  const flush = () => {
    const group = waiting;
    waiting = [];
    const done = (error) => {
      answer(group, error);
      if (waiting.length > 0) flush();
      else isWriting = false;
    };
    const bytes = group.map((one) => one.bytes);
    writev(file, bytes, (error) => (error ? done(error) : fdatasync(file, done)));
  };
  return {
    append: (bytes) =>
      new Promise((resolve, reject) => {
        waiting.push({ bytes, resolve, reject });
        if (isWriting) return;
        isWriting = true;
        // What arrives in the same turn of the loop goes into the same group.
        setImmediate(flush);
      }),
    close: () => promisify(close)(file),
  };
}
