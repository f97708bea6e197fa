import { generateKeyPair, exportJWK, SignJWT, type CryptoKey, type JWK } from 'jose';
import { createServer, type Server } from 'node:http';
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
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
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
  let port = 0;
  let server: Server | undefined;
  const url = (): string => `http://127.0.0.1:${port}/realms/one`;
  const answer = (path: string): object | undefined => {
    if (path === '/realms/one/.well-known/openid-configuration')
      return { issuer: url(), jwks_uri: `${url()}/keys` };
    if (path !== '/realms/one/keys') return undefined;
    keyFetches += 1;
    return { keys: [key.publicKey] };
  };
  const listen = async (): Promise<void> => {
    server = createServer((request, response) => {
      const body = answer(request.url ?? '');
      response.writeHead(body ? 200 : 404, { 'content-type': 'application/json', connection: 'close' });
      response.end(JSON.stringify(body ?? {}));
    });
    const listening = server;
    await new Promise<void>((resolve) => listening.listen(port, '127.0.0.1', resolve));
    const address = listening.address();
    if (typeof address === 'object' && address) port = address.port;
  };
  const stop = async (): Promise<void> => {
    const stopping = server;
    server = undefined;
    if (stopping) await new Promise((resolve) => stopping.close(resolve));
  };
  await listen();
  after(stop);
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
    goDown: stop,
    comeBack: listen,
  };
}
