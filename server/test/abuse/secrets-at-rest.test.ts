import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeHardwareHash } from '@muster/contract/testing/encode-hardware-hash';
import sql, { raw } from 'sql-template-tag';
import { makePartner, postForm, redirectUri, startAdministeredMuster } from '../support/administrator.ts';
import { openBrowser } from '../support/browser.ts';
import { newCustomerId } from '../support/muster.ts';

const muster = await startAdministeredMuster({
  settings: { MUSTER_PASSWORD_GRANT: 'true', MUSTER_LOG_LEVEL: 'trace' },
});

test('the database holds no secret, password, token or code that was given out, only digests', async () => {
  const partner = await makePartner(muster);
  const { partnerId, confidential, user } = partner;
  const form = { client_id: confidential.clientId, client_secret: confidential.clientSecret };
  const { body: tokens } = await postForm(muster, `${partnerId}/oauth2/v2.0/token`, {
    ...form,
    grant_type: 'password',
    username: user.userPrincipalName,
    password: user.password,
    scope: 'offline_access https://api.partnercenter.microsoft.com/user_impersonation',
  });
  const browser = openBrowser();
  const query = new URLSearchParams({
    client_id: confidential.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    state: 'the state of a sign-in',
  });
  const page = await browser.open(`${muster.url}/${partnerId}/oauth2/authorize?${query.toString()}`);
  const back = await browser.submit(page, { username: user.userPrincipalName, password: user.password });
  const { body: device } = await postForm(muster, `${partnerId}/oauth2/v2.0/devicecode`, {
    client_id: partner.publicClientId,
  });
  const secrets = {
    adminSecret: muster.adminSecret,
    firstSecret: muster.credentials.clientSecret,
    clientSecret: confidential.clientSecret,
    password: user.password,
    accessToken: String(tokens.access_token),
    refreshToken: String(tokens.refresh_token),
    code: new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '',
    deviceCode: String(device.device_code),
  };
  const stored = await readEveryTable();
  for (const [name, secret] of Object.entries(secrets)) {
    assert.ok(secret.length >= 8, name);
    assert.deepEqual(tablesWith(stored, [secret, hex(Buffer.from(secret))]), [], name);
  }
});

test('a hardware hash is in its own table alone, and goes with its device', async () => {
  const facts = { serialNumber: 'HASH-1', manufacturer: 'Contoso', model: 'Book 3' };
  const hash = encodeHardwareHash(facts);
  const bytes = Buffer.from(hash, 'base64');
  const marks = [hash.slice(8, 80), hex(bytes.subarray(6, 60))];
  const customer = `/v1/customers/${newCustomerId()}`;
  const requestId = 'a5aadd18-6e5b-4b06-a5d5-39dc5e5f3f34';
  const upload = await muster.call('POST', `${customer}/deviceBatches`, {
    body: { batchId: 'Hashes', devices: [{ hardwareHash: hash }, { hardwareHash: `${hash.slice(0, -8)}!` }] },
    headers: { 'MS-RequestId': requestId },
  });
  const location = upload.headers.get('location') ?? '';
  const job = await muster.finished(location);
  assert.deepEqual(tablesWith(await readEveryTable(), marks), ['hardware_hashes']);
  const deviceId = String(job.devicesStatus[0]?.deviceId);
  const removed = await muster.call('DELETE', `${customer}/deviceBatches/Hashes/devices/${deviceId}`);
  assert.equal(removed.status, 204);
  assert.deepEqual(tablesWith(await readEveryTable(), marks), []);
});

/** The rows of each table as text; bytes as hexadecimal digits. */
async function readEveryTable(): Promise<Map<string, string>> {
  const tables = await muster.database.query<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  const stored = new Map<string, string>();
  for (const { name } of tables) {
    const [row] = await muster.database.query<{ rows: string }>(
      sql`select coalesce(json_agg(t), '[]')::text as rows from ${raw(`"${name}"`)} as t`,
    );
    stored.set(name, row?.rows ?? '');
  }
  assert.ok(stored.size > 10);
  return stored;
}

function tablesWith(stored: ReadonlyMap<string, string>, texts: readonly string[]): string[] {
  return [...stored].filter(([, rows]) => texts.some((text) => rows.includes(text))).map(([name]) => name);
}

function hex(bytes: Buffer): string {
  return bytes.toString('hex');
}
