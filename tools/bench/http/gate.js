/** A server on a folder with one pact in force and its agent limited, for the load of the benchmark. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { readConfig, startServer } from '@surety/server';

const [dataDir, pactPath] = process.argv.slice(2);
const config = readConfig({}, { dataDir, port: 0, logLevel: 'error', ratePerMinute: 100_000_000 });
const server = await startServer(config, {
  onFatal(code, says) {
    console.error(says);
    process.exit(code);
  },
});
const post = async (path, body, as) => {
  const response = await fetch(server.address + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.localKey}`, 'surety-as': as, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
  return response.json();
};
const name = basename(pactPath);
await post('/v1/agents', { name: 'bot' }, 'ken');
const { pact } = await post('/v1/pacts', { pact: name, files: { [name]: readFileSync(pactPath, 'utf8') } }, 'dana.kim');
await post(`/v1/pacts/${pact.digest}/sign`, {}, 'ken');
await post(`/v1/pacts/${pact.digest}/publish`, {}, 'ken');
for (const lane of pact.lanes) await post('/v1/agents/bot/state', { lane, state: 'autonomous' }, 'ken');
console.log(`listening on ${server.address}`);
process.on('SIGTERM', () => server.close().then(() => process.exit(0)));
