import type { FastifyInstance } from 'fastify';
import { lazyAsset, sendAsset, toAsset, type Asset } from '../../http/asset.ts';

/**
 * GET /openapi.json: the published contract, with this service's public URL as its server. Made when it is first asked
 * for: most services never are, and the URL is known only once the service listens.
 */
export function addOpenApi(app: FastifyInstance, service: { readonly publicUrl: string }): void {
  const document = lazyAsset(() => makeDocument(service.publicUrl));
  app.get('/openapi.json', async (request, reply) => sendAsset(request, reply, await document()));
}

async function makeDocument(serverUrl: string): Promise<Asset> {
  const { openApiDocument } = await import('@muster/contract/openapi/open-api-document');
  const bytes = Buffer.from(JSON.stringify(openApiDocument(serverUrl)));
  return toAsset(bytes, 'application/json; charset=utf-8');
}
