import type { FastifyInstance, FastifyRequest } from 'fastify';
import { discoveryDocument, instanceDocument } from '../tokens/discovery-document.ts';
import type { TokenAuthority } from '../token-authority.ts';
import type { Context } from '../../registry/context.ts';
import { partnerOfTenant } from '../grants/authenticate-application.ts';
import { readQuery, tenantOf } from './read-token-request.ts';

/** The documents a verifier of our tokens reads. */
export function addDiscovery(app: FastifyInstance, ctx: Context, authority: TokenAuthority): void {
  const document = async (request: FastifyRequest, version: 'v1' | 'v2'): Promise<object> => {
    const path = tenantOf(request);
    const tenant = (await partnerOfTenant(ctx, path)) ?? '{tenantid}';
    return discoveryDocument(authority, { tenant, path: encodeURIComponent(path), version });
  };
  const keys = async () => ({ keys: (await authority.keys.read()).publicKeys });
  app.get('/:tenant/.well-known/openid-configuration', async (request) => document(request, 'v1'));
  app.get('/:tenant/v2.0/.well-known/openid-configuration', async (request) => document(request, 'v2'));
  app.get('/:tenant/discovery/keys', keys);
  app.get('/:tenant/discovery/v2.0/keys', keys);
  app.get('/:tenant/discovery/instance', async (request) =>
    instanceDocument(authority, readQuery(request).get('authorization_endpoint') ?? ''),
  );
}
