import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { useService } from '../support/service.ts';

const words = ['status', '0127ed8e-ff72-4983-a3d8-e8d8bd378932'];

async function startWebsite(t: TestContext): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>Welcome</title>');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a wrong secret: exit code 4 and one line without the secret', async (t) => {
  const { run } = await useService(t);
  const { exitCode, stderr } = await run([...words, '--client-secret', 'hunter2hunter2']);
  assert.equal(exitCode, 4);
  assert.match(
    stderr,
    /^muster: Could not get an access token: .*Check the tenant ID, client ID and client secret\.\n$/,
  );
  assert.ok(!stderr.includes('hunter2'));
  const chinese = await run([...words, '--client-secret', 'hunter2hunter2', '--locale', 'zh-TW']);
  assert.equal(chinese.exitCode, 4);
  assert.equal(
    chinese.stderr,
    'muster: 無法取得存取權杖：用戶端密碼與此用戶端識別碼不符（AADSTS7000215）。請檢查租用戶識別碼、用戶端識別碼與用戶端密碼。\n',
  );
});

test('a server that answers HTML: one line that says so', async (t) => {
  const { run, muster } = await useService(t);
  const website = await startWebsite(t);
  const api = await run([...words, '--url', website, '--authority', muster.url]);
  assert.equal(api.exitCode, 1);
  assert.match(api.stderr, /^muster: .*text\/html.* Check --url\.\n$/);
  // Nobody was refused there, so it is no matter of credentials.
  const authority = await run([...words, '--authority', website]);
  assert.equal(authority.exitCode, 1);
  assert.match(authority.stderr, /^muster: .*returned 200 without JSON.* Check --url and --authority\.\n$/);
  const chinese = await run([...words, '--authority', website, '--locale', 'zh-TW']);
  assert.match(chinese.stderr, /^muster: http:\/\/127\.0\.0\.1:\d+ 傳回 200 且內容不是 JSON/);
  const admin = await run(['admin', 'partners', 'list', '--url', website], {
    environment: { adminSecret: 'hunter2' },
  });
  assert.equal(admin.exitCode, 1);
  assert.match(admin.stderr, /^muster: .*text\/html.* Check --url\.\n$/);
});

test('a certificate that does not stand, a full disk: one line, what to do, in the language of the user', async (t) => {
  const { io } = await useService(t);
  const { runMuster } = await import('../../src/run-muster.ts');
  const fail = async (code: string, message: string, locale: string) => {
    const user = io();
    const cause = Object.assign(new Error(message), { code });
    const failing: typeof user = {
      ...user,
      fetch: () => Promise.reject(new TypeError('fetch failed', { cause })),
      stdout: { ...user.stdout, write: () => Promise.reject(cause) },
    };
    const command = code === 'ENOSPC' ? ['--help'] : words;
    const exitCode = await runMuster([...command, '--locale', locale, '--quiet'], failing);
    assert.equal(exitCode, 1);
    assert.equal(user.written.stderr.trimEnd().split('\n').length, 1);
    return user.written.stderr;
  };
  const code = 'SELF_SIGNED_CERT_IN_CHAIN';
  assert.match(
    await fail(code, 'self-signed', 'en-US'),
    /certificate of .* not trusted.*NODE_EXTRA_CA_CERTS/,
  );
  assert.match(await fail(code, 'self-signed', 'zh-TW'), /的憑證不受信任.*NODE_EXTRA_CA_CERTS/);
  const spoken = 'error:0A00010B:SSL routines:tls_validate_record_header:wrong version number';
  assert.match(
    await fail('ERR_SSL_WRONG_VERSION_NUMBER', spoken, 'en-US'),
    /does not support TLS\. If you intended that, use http:/,
  );
  assert.match(await fail('ENOSPC', 'no space left on device', 'en-US'), /The disk is full/);
});

test('a host that cannot be reached: it says that it tries again, then one line, and no stack', async (t) => {
  const { io } = await useService(t);
  const { runMuster } = await import('../../src/run-muster.ts');
  const interruption = new AbortController();
  const user = io({ interruption: interruption.signal });
  const dead: typeof user = {
    ...user,
    fetch: () => Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') })),
    stderr: {
      ...user.stderr,
      write: async (text) => {
        await user.stderr.write(text);
        // Ctrl-C as soon as the user has read that it tries again.
        if (text.includes('Retrying')) interruption.abort();
      },
    },
  };
  assert.equal(await runMuster(words, dead), 130);
  assert.match(
    user.written.stderr,
    /^No response from http:\/\/127\.0\.0\.1:\d+\. Retrying\.\nmuster: Interrupted\.\n$/,
  );
});

test('a credentials file that is missing or none is named, with nothing of what is in it', async (t) => {
  const { run } = await useService(t, {
    'bad.json': '{"clientSecret": 42, "x": "hunter2"',
    'list.json': '["hunter2"]',
  });
  for (const file of ['missing.json', 'bad.json', 'list.json', '.']) {
    const { exitCode, stderr } = await run([...words, '--credentials', file]);
    assert.equal(exitCode, 1, file);
    assert.ok(stderr.startsWith(`muster: ${file}`), stderr);
    assert.ok(!stderr.includes('hunter2'));
    assert.equal(stderr.trimEnd().split('\n').length, 1);
  }
});

test('an authority that is unavailable is told from one that refuses: its database, too many attempts, or its status', async (t) => {
  const { io } = await useService(t);
  const { runMuster } = await import('../../src/run-muster.ts');
  const fail = async (status: number, error_description: string) => {
    const user = io();
    // As long a pause as is asked for is too long to wait: the first answer stands.
    const headers = { 'Retry-After': '3600' };
    const body = { error: 'temporarily_unavailable', error_description };
    const fetch: typeof globalThis.fetch = () => Promise.resolve(Response.json(body, { status, headers }));
    return { exitCode: await runMuster(words, { ...user, fetch }), stderr: user.written.stderr };
  };
  const database = await fail(503, 'The service cannot reach its database. Try again later.');
  assert.equal(database.exitCode, 1);
  assert.match(database.stderr, /^muster: http:.* the service cannot reach its database\..*\n$/);
  const busy = await fail(503, 'AADSTS90033: Too many sign-ins at once.');
  assert.match(busy.stderr, /too many attempts; try again later \(AADSTS90033\)/);
  const other = await fail(502, 'Bad gateway');
  assert.equal(other.exitCode, 1);
  assert.match(other.stderr, /cannot issue access tokens now \(502\)/);
});
