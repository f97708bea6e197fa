import { randomBytes } from 'node:crypto';
import { WireError } from '@muster/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { placeholderNonce, readConsoleFiles, type ConsoleFile, type ConsoleFiles } from './console-files.ts';

/**
 * The web console: `/` leads browsers to `/console/`, and every page below it is the same document. Other clients get the
 * fault for `/` that they always got. The files are read when they are first asked for.
 */
export function addConsole(app: FastifyInstance): void {
  let reading: Promise<ConsoleFiles | undefined> | undefined;
  const files = async (): Promise<ConsoleFiles | undefined> => {
    const found = await (reading ??= readConsoleFiles());
    // It may be built while the service runs.
    if (found === undefined) reading = undefined;
    return found;
  };
  app.get('/', async (request, reply) => {
    if (!wantsPage(request)) throw noOperation(request);
    return reply.code(302).headers({ Location: '/console/', 'Cache-Control': 'no-store' }).send();
  });
  const sendPage = async (request: FastifyRequest, reply: FastifyReply) => {
    if (!wantsPage(request)) throw noOperation(request);
    return sendDocument(reply, await files());
  };
  app.get('/console', sendPage);
  app.get('/console/*', sendPage);
  app.get('/console/assets/:name', async (request, reply) => {
    const { name } = request.params as { name: string };
    const file = (await files())?.assets.get(name);
    if (!file) throw noOperation(request);
    return sendFile(request, reply, file);
  });
}

/** Browsers ask for HTML by name; clients of the API never do. */
function wantsPage({ headers }: FastifyRequest): boolean {
  return /\btext\/html\b/i.test(headers.accept ?? '');
}

function noOperation({ method, originalUrl }: FastifyRequest): WireError {
  return new WireError('OperationNotFound', {
    method,
    path: (originalUrl.split('?')[0] ?? '').slice(0, 200),
  });
}

const notBuilt =
  'The console has not been built. Run "npm run build -w console" in the repository, then reload this page.\n';

function sendDocument(reply: FastifyReply, files: ConsoleFiles | undefined): FastifyReply {
  reply.headers({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
  if (!files) return reply.code(404).header('Content-Type', 'text/plain; charset=utf-8').send(notBuilt);
  const nonce = randomBytes(16).toString('base64');
  return reply
    .headers({
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentPolicy(nonce),
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'X-Frame-Options': 'DENY',
    })
    .send(files.page.replaceAll(placeholderNonce, nonce));
}

/**
 * Everything comes from here, and nothing in the page itself runs. The nonce is for the style elements that the
 * components make and fill by script: a browser would refuse them even while they are empty.
 */
function contentPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/** Sends a file whose name changes with its content: whoever has it need never ask again. */
function sendFile(request: FastifyRequest, reply: FastifyReply, file: ConsoleFile): FastifyReply {
  reply.headers({
    'Content-Type': file.type,
    'Cache-Control': 'public, max-age=31536000, immutable',
    Vary: [reply.getHeader('Vary'), 'Accept-Encoding'].filter(Boolean).join(', '),
    'X-Content-Type-Options': 'nosniff',
  });
  const accepted = String(request.headers['accept-encoding'] ?? '');
  if (file.brotli && takes(accepted, 'br')) return reply.header('Content-Encoding', 'br').send(file.brotli);
  if (file.gzipped && takes(accepted, 'gzip'))
    return reply.header('Content-Encoding', 'gzip').send(file.gzipped);
  return reply.send(file.bytes);
}

function takes(accepted: string, encoding: string): boolean {
  return new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$))`, 'i').test(accepted);
}
