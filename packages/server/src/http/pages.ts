/** The built console at `/`: files as they were built, and its first page at whatever else a person opens. */
import { statSync } from 'node:fs';
import { join, relative } from 'node:path';
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
const INDEX = 'index.html';
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
      // Addresses name conversations: no other site hears them. Stricter, some browsers send no Origin either.
      referrerPolicy: { policy: 'same-origin' },
    });
    await pages.register(files, {
      serve: false,
      root: folder,
      preCompressed: true,
      suppressWarning: true,
      cacheControl: false,
      // Only of what is sent: that a file is not there holds for nobody's ever.
      setHeaders: (reply, path) => reply.header('cache-control', keptFor(relative(folder, path))),
    });
    pages.get('/*', { exposeHeadRoute: true }, (request, reply) => sendPage(request, reply, folder));
  });
}

function sendPage(request: FastifyRequest, reply: FastifyReply, folder: string): FastifyReply | undefined {
  const [path = ''] = request.url.split('?');
  if (OURS.test(path)) return notFound(reply);
  const file = fileAt(path);
  if (file !== undefined && isFile(join(folder, file))) return reply.sendFile(file);
  if (HASHED.test(path) || !(path === '/' || wantsPage(request))) return notFound(reply);
  if (isFile(join(folder, INDEX))) return reply.sendFile(INDEX);
  return reply.code(503).type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(UNBUILT);
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

const keptFor = (file: string): string => {
  if (HASHED.test(`/${file.replaceAll('\\', '/')}`)) return 'public, max-age=31536000, immutable';
  return file.startsWith(INDEX) ? 'no-store' : 'no-cache';
};

function notFound(reply: FastifyReply): undefined {
  reply.callNotFound();
  return undefined;
}

/** Our files have plain names; what has another is a page of the console, or nothing. */
const fileAt = (path: string): string | undefined => /^\/((?:[\w-][\w.-]*\/)*[\w-][\w.-]*)$/.exec(path)?.[1];

const wantsPage = ({ headers }: FastifyRequest): boolean => (headers.accept ?? '').includes('text/html');
