import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { type Asset, lazyAsset, sendAsset, toAsset } from '../../http/asset.ts';

/** Files of the page, by path. Swagger UI's come out of its package, as they are. */
const files = {
  '/reference': { place: new URL('./page.html', import.meta.url), type: 'text/html' },
  '/reference/page.css': { place: new URL('./page.css', import.meta.url), type: 'text/css' },
  '/reference/page.js': { place: new URL('./page.js', import.meta.url), type: 'text/javascript' },
  '/reference/swagger-ui.css': { place: 'swagger-ui.css', type: 'text/css' },
  '/reference/swagger-ui-bundle.js': { place: 'swagger-ui-bundle.js', type: 'text/javascript' },
} as const;

/** The page loads from here alone and talks to here alone. Swagger UI sets styles on elements, and its icons are data URLs. */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** GET /reference: the published contract to read and to try. Files are read when they are first asked for. */
export function addReference(app: FastifyInstance): void {
  for (const [path, { place, type }] of Object.entries(files)) {
    const file = lazyAsset(async () => toAsset(await readFile(locate(place)), `${type}; charset=utf-8`));
    app.get(path, async (request, reply) => {
      reply.headers({ 'Content-Security-Policy': contentPolicy, 'Referrer-Policy': 'no-referrer' });
      return sendAsset(request, reply, await file());
    });
  }
}

function locate(place: URL | string): string {
  const url = typeof place === 'string' ? import.meta.resolve(`@fastify/swagger-ui/static/${place}`) : place;
  return fileURLToPath(url);
}

/**
 * GET /openapi.json and /admin/openapi.json: the published contract and that of the administration API, with this
 * service's public URL as their server. Made when they are first asked for: most services never are, and the URL is
 * known only once the service listens.
 */
export function addOpenApi(app: FastifyInstance, service: { readonly publicUrl: string }): void {
  const documents = {
    '/openapi.json': lazyAsset(async () => {
      const { openApiDocument } = await import('@muster/contract/openapi/open-api-document');
      return toJsonAsset(openApiDocument(service.publicUrl));
    }),
    '/admin/openapi.json': lazyAsset(async () => {
      const { adminDocument } = await import('@muster/contract/openapi/admin-document');
      return toJsonAsset(adminDocument(service.publicUrl));
    }),
  };
  for (const [path, document] of Object.entries(documents))
    app.get(path, async (request, reply) => sendAsset(request, reply, await document()));
}

function toJsonAsset(document: object): Promise<Asset> {
  return toAsset(Buffer.from(JSON.stringify(document)), 'application/json; charset=utf-8');
}
