/** The console as the server hosts it: its headers, its first page at every address of its own, and nothing else. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SampleServer } from '../server/sample-server.ts';

const PAGE = '<!doctype html><title>Surety</title><script type="module" src="/assets/main-abc123.js"></script>';
const SCRIPT = 'export const n = 1;\n'.repeat(200);
const AS_PAGE = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('the console', () => {
  let server: SampleServer;
  beforeAll(async () => {
    server = await SampleServer.open();
  }, 60_000);
  afterAll(() => server.close());
  const get = (path: string, headers: Record<string, string> = {}) => fetch(server.address + path, { headers });

  it('that is not built says how it is, in a sentence', async () => {
    const answer = await get('/', AS_PAGE);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toMatch(/^The console is not built here: npm run build .+\n$/);
    expect((await get('/queue', AS_PAGE)).status).toBe(503);
    expect((await get('/assets/main-abc123.js')).status).toBe(404);
  });

  describe('built', () => {
    beforeAll(() => {
      const folder = server.consoleFolder;
      mkdirSync(join(folder, 'assets'), { recursive: true });
      writeFileSync(join(folder, 'index.html'), PAGE);
      writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
      writeFileSync(join(folder, '.hidden'), 'hidden');
      writeFileSync(join(folder, 'assets', 'main-abc123.js'), SCRIPT);
      writeFileSync(join(folder, 'assets', 'main-abc123.js.br'), brotliCompressSync(SCRIPT));
      writeFileSync(join(folder, 'assets', 'main-abc123.js.gz'), gzipSync(SCRIPT));
      writeFileSync(join(folder, '..', 'secret.txt'), 'secret');
    });

    it.each([
      '/',
      '/welcome',
      '/queue',
      '/agents/support-bot',
      '/queue?owner=billing',
      '/agents/support.bot',
      '/conversations/case%2F1%25',
    ])('opens at %s, and is kept by nobody', async (path) => {
      const answer = await get(path, AS_PAGE);
      expect({ status: answer.status, text: await answer.text() }).toEqual({ status: 200, text: PAGE });
      expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    });

    it('runs nothing that is not its own, and stands in nobody’s frame', async () => {
      const { headers } = await get('/', AS_PAGE);
      expect(headers.get('content-security-policy')?.split(';').sort()).toEqual(
        [
          "base-uri 'none'",
          "connect-src 'self'",
          "default-src 'self'",
          "form-action 'self'",
          "frame-ancestors 'none'",
          "img-src 'self' data:",
          "object-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "worker-src 'self'",
        ].sort(),
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('strict-transport-security')).toBeNull();
    });

    it.each([
      ['br', 'br'],
      ['gzip', 'gzip'],
      ['identity', null],
    ])('sends a hashed file for ever, pressed as the browser takes it: %s', async (encoding, sent) => {
      const answer = await get('/assets/main-abc123.js', { 'accept-encoding': encoding });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-encoding')).toBe(sent);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(answer.headers.get('content-type')).toMatch(/javascript/);
      expect(answer.headers.get('vary')).toMatch(/accept-encoding/i);
      expect(await answer.text()).toBe(SCRIPT);
    });

    it('asks again for a file without a hash, and says where there is none', async () => {
      const icon = await get('/icon.svg');
      expect([icon.status, icon.headers.get('cache-control')]).toEqual([200, 'no-cache']);
      expect((await get('/assets/main-old.js', AS_PAGE)).status).toBe(404);
      const none = await get('/assets/main-old.js');
      expect([none.status, none.headers.get('cache-control')]).toEqual([404, null]);
      expect((await get('/nothing', { accept: 'application/json' })).status).toBe(404);
    });

    it.each(['/v1/nothing', '/v1', '/v1/', '/v1/holds/x', '/healthz/x', '/metrics/x'])(
      'never answers for the API: %s',
      async (path) => {
        const answer = await get(path, AS_PAGE);
        expect(answer.status).toBe(404);
        expect(await answer.json()).toMatchObject({ code: 'route.unknown' });
      },
    );

    it.each([
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/%252e%252e/secret.txt',
      '/..%5csecret.txt',
      '//secret.txt',
      '/.hidden',
      '/assets/%00',
      '/%',
    ])('leads out of its folder by no way: %s', async (path) => {
      for (const accept of [AS_PAGE.accept, '*/*']) {
        const { status, text } = await raw(server.address, path, accept);
        expect(text).not.toMatch(/secret$|^hidden/);
        // Whoever opens an odd address finds the console, which says that there is nothing.
        if (text !== PAGE || accept === '*/*') expect([400, 403, 404]).toContain(status);
      }
    });

    it('is a page to read, and takes nothing', async () => {
      const head = await fetch(server.address, { method: 'HEAD', headers: AS_PAGE });
      expect([head.status, await head.text()]).toEqual([200, '']);
      expect((await fetch(server.address, { method: 'POST', headers: AS_PAGE })).status).toBe(404);
    });
  });
});

/** As it is written: fetch would tidy the path up first. */
const raw = (address: string, path: string, accept: string): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address);
    const asked = request({ hostname, port, path, headers: { accept } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    asked.on('error', reject);
    asked.end();
  });
