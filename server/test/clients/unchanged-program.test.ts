import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startConnectProxy } from '../support/connect-proxy.ts';
import { newCustomerId, startTestMuster } from '../support/muster.ts';
import { startTlsFront } from '../support/tls-front.ts';

const publicHost = 'muster.contoso.example';
const microsoftHosts = ['login.microsoftonline.com', 'api.partnercenter.microsoft.com'];

const front = await startTlsFront([publicHost, ...microsoftHosts]);
const muster = await startTestMuster({ settings: { MUSTER_PUBLIC_URL: `https://${publicHost}` } });
front.target = muster.url;
const proxy = await startConnectProxy(front.port);
const directory = await mkdtemp(join(tmpdir(), 'muster-unchanged-'));
after(() => rm(directory, { recursive: true, force: true }));

test('a program with fixed addresses runs unchanged where its hosts lead to Muster, and MSAL finds the authority by instance discovery', async () => {
  const { tenantId, clientId, clientSecret } = muster.credentials;
  const certificateFile = join(directory, 'authority.pem');
  await writeFile(certificateFile, front.certificate);
  const authorities = [`https://login.microsoftonline.com/${tenantId}`, `https://${publicHost}/${tenantId}`];
  const program = fileURLToPath(new URL('./unchanged-program.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...authorities], {
    env: {
      PATH: process.env['PATH'],
      NODE_USE_ENV_PROXY: '1',
      HTTPS_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: certificateFile,
      CLIENT_ID: clientId,
      CLIENT_SECRET: clientSecret,
      CUSTOMER_ID: newCustomerId(),
    },
  });
  const lines = stdout.trim().split('\n');
  assert.deepEqual(
    lines.map((line) => JSON.parse(line) as object),
    authorities.map((authority) => ({ authority, succeeded: 1 })),
  );
  assert.deepEqual(
    new Set(proxy.hosts),
    new Set([...microsoftHosts, publicHost].map((host) => `${host}:443`)),
  );
  // MSAL knows login.microsoftonline.com by heart; it asks that host about any other.
  assert.ok(front.requests.includes('GET /common/discovery/instance'), front.requests.join('\n'));
});

function ask(endpoint: string): Promise<Response> {
  const query = new URLSearchParams({ 'api-version': '1.1', authorization_endpoint: endpoint });
  return fetch(`${muster.url}/common/discovery/instance?${query.toString()}`);
}

test('instance discovery confirms the public host and the name that the request came by, and no other', async () => {
  const own = await ask(`https://${publicHost}/common/oauth2/v2.0/authorize`);
  assert.deepEqual(await own.json(), {
    tenant_discovery_endpoint: `https://${publicHost}/common/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [
      {
        preferred_network: publicHost,
        preferred_cache: publicHost,
        aliases: [publicHost, new URL(muster.url).host],
      },
    ],
  });
  for (const endpoint of ['https://evil.example/common/oauth2/v2.0/authorize', 'nonsense', '']) {
    const refused = await ask(endpoint);
    assert.equal(refused.status, 400);
    assert.equal(((await refused.json()) as { error: string }).error, 'invalid_instance');
  }
});
