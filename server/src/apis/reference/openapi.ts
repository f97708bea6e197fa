import type { FastifyInstance } from 'fastify';
import { lazyAsset, sendAsset, toAsset, type Asset } from '../../http/asset.ts';

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
