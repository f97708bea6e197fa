import { generateKeyPair, exportJWK, SignJWT, type CryptoKey, type JWK } from 'jose';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';

/** A second, real OpenID issuer on this machine. */
export interface OtherIssuer {
  readonly url: string;
  /** How often its key document was fetched. */
  readonly keyFetches: number;
  /** Signs a token with the newest key; claims given win over the usual ones. */
  sign(claims: Record<string, unknown>): Promise<string>;
  /** Makes a new key; the old one is withdrawn. */
  rotate(): Promise<void>;
  /** Cuts every connection from now on; it keeps its port, so that nobody else takes it meanwhile. */
  goDown(): void;
  comeBack(): void;
}

interface Key {
  readonly privateKey: CryptoKey;
  readonly publicKey: JWK;
}

/** Starts an issuer; it is stopped after the tests of the file. `now` dates its tokens. */
export async function startOtherIssuer(now: () => Date): Promise<OtherIssuer> {
  let made = 0;
  const makeKey = async (): Promise<Key> => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    made += 1;
    return { privateKey, publicKey: { ...(await exportJWK(publicKey)), kid: `key-${made}`, alg: 'ES256' } };
  };
  let key = await makeKey();
  let keyFetches = 0;
  let isDown = false;
  const answer = (path: string): object | undefined => {
    if (path === '/realms/one/.well-known/openid-configuration')
      return { issuer: url(), jwks_uri: `${url()}/keys` };
    if (path !== '/realms/one/keys') return undefined;
    keyFetches += 1;
    return { keys: [key.publicKey] };
  };
  const server = createServer((request, response) => {
    if (isDown) {
      request.socket.destroy();
      return;
    }
    const body = answer(request.url ?? '');
    response.writeHead(body ? 200 : 404, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify(body ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/realms/one`;
  return {
    get url() {
      return url();
    },
    get keyFetches() {
      return keyFetches;
    },
    sign: (claims) => {
      const seconds = Math.floor(now().getTime() / 1000);
      return new SignJWT({ iss: url(), aud: 'api://muster', iat: seconds, exp: seconds + 3600, ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: key.publicKey.kid ?? '' })
        .sign(key.privateKey);
    },
    rotate: async () => void (key = await makeKey()),
    goDown: () => void (isDown = true),
    comeBack: () => void (isDown = false),
  };
}
