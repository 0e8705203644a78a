/** The built console at `/`: files as they were built, and its first page at whatever else a person opens. */
import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import helmet from '@fastify/helmet';
import files from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Beside this package in the checkout, from its sources as from its build. */
export const CONSOLE = fileURLToPath(new URL('../../../console/dist/app', import.meta.url));

const ITSELF = ["'self'"];
const NOTHING = ["'none'"];
const POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ITSELF,
    scriptSrc: ITSELF,
    styleSrc: ITSELF,
    imgSrc: ["'self'", 'data:'],
    connectSrc: ITSELF,
    workerSrc: ITSELF,
    frameAncestors: NOTHING,
    baseUri: NOTHING,
    formAction: ITSELF,
    objectSrc: NOTHING,
  },
};
/** Built with a hash of their content in their names. */
const HASHED = /^\/assets\//;
/** Answered by the server itself, whatever is asked of them. */
const OURS = /^\/(?:v1|healthz|readyz|metrics)(?:\/|$)/;
const UNBUILT =
  'The console is not built here: npm run build in the checkout builds it. The API is at /v1/openapi.json.\n';

/** `isSecure`: reached over TLS, and from then on over nothing else. */
export function addPages(app: FastifyInstance, folder: string, isSecure: boolean): void {
  void app.register(async (pages) => {
    await pages.register(helmet, {
      contentSecurityPolicy: POLICY,
      frameguard: { action: 'deny' },
      strictTransportSecurity: isSecure ? { maxAge: 31_536_000 } : false,
      // Addresses name conversations: no other site hears them.
      referrerPolicy: { policy: 'no-referrer' },
    });
    await pages.register(files, { serve: false, root: folder, preCompressed: true, suppressWarning: true });
    pages.get('/*', { exposeHeadRoute: true }, (request, reply) => sendPage(request, reply, folder));
  });
}

function sendPage(request: FastifyRequest, reply: FastifyReply, folder: string): FastifyReply | undefined {
  const path = pathOf(request);
  if (path === undefined || OURS.test(path)) return notFound(reply);
  const isAskedAsPage = path === '/' || (extname(path) === '' && wantsPage(request));
  if (!existsSync(join(folder, 'index.html')))
    return isAskedAsPage
      ? reply.code(503).type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(UNBUILT)
      : notFound(reply);
  if (isAskedAsPage || path === '/index.html') {
    void reply.header('cache-control', 'no-store');
    return reply.sendFile('index.html', { cacheControl: false });
  }
  const isHashed = HASHED.test(path);
  void reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  return reply.sendFile(path.slice(1), { cacheControl: false });
}

function notFound(reply: FastifyReply): undefined {
  reply.callNotFound();
  return undefined;
}

/** As it stands in the folder; `undefined` where it would lead out of it or into what is hidden. */
function pathOf({ url }: FastifyRequest): string | undefined {
  const [raw = ''] = url.split('?');
  let path: string;
  try {
    path = decodeURIComponent(raw);
  } catch {
    return undefined;
  }
  if (/[\\\0]|%/.test(path) || path.split('/').some((part, i) => i > 0 && part.startsWith('.'))) return undefined;
  return path;
}

const wantsPage = ({ headers }: FastifyRequest): boolean => (headers.accept ?? '').includes('text/html');
