import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { adminOperations, type AdminOperation } from '@muster/contract/admin/admin-operations';
import { makePartner, startAdministeredMuster } from '../support/administrator.ts';
import { requestToken, startTestMuster } from '../support/muster.ts';
import { readConfig, SettingError } from '../../src/boot/config.ts';

const muster = await startAdministeredMuster();
const directory = await mkdtemp(join(tmpdir(), 'muster-test-'));
after(() => rm(directory, { recursive: true, force: true }));

function urlOf(operation: AdminOperation): string {
  const path = operation.path.replace(/\{\w+\}/g, randomUUID());
  return `/admin/v1${path}`;
}

for (const [id, operation] of Object.entries(adminOperations)) {
  test(`${id}: without an administrator's secret nothing opens, whatever else is presented`, async () => {
    const partner = await makePartner(muster, { application: ['AdminAgents', 'GlobalAdmin'] });
    const { partnerId: tenantId, confidential } = partner;
    const token = await requestToken({ authority: muster.url, tenantId, ...confidential });
    const status = async (bearer: string): Promise<number> => {
      const response = await muster.call(operation.method, urlOf(operation), { token: bearer });
      const fault = (await response.json()) as { code: string; source: string };
      assert.equal(fault.source, 'Muster');
      return response.status;
    };
    assert.equal(await status(''), 401);
    assert.equal(await status(token), 403, 'a good access token is known, but may not');
    assert.equal(await status(randomBytes(32).toString('base64url')), 401);
    assert.equal(
      await status(confidential.clientSecret),
      401,
      "an application's secret is no administrator's",
    );
    assert.equal(await status(`${token.slice(0, -4)}AAAA`), 401, 'a forged token');
  });
}

test("an administrator's secret is no access token", async () => {
  const { customerId } = muster.credentials;
  const response = await muster.call('GET', `/v1/customers/${customerId}/deviceBatches`, {
    token: muster.adminSecret,
  });
  assert.equal(response.status, 401);
});

test('a new registry writes the first administrator into a file that only its owner can read', async () => {
  const service = await startTestMuster({ settings: { MUSTER_DATA_DIR: directory } });
  const file = join(directory, 'admin-credentials.json');
  const credentials = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
  assert.deepEqual(Object.keys(credentials), ['baseUrl', 'administrator', 'secret']);
  assert.equal(credentials.baseUrl, service.url);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  const response = await service.call('GET', '/admin/v1/partners', { token: credentials.secret ?? '' });
  assert.equal(response.status, 200);
  const partnerFile = JSON.parse(await readFile(join(directory, 'credentials.json'), 'utf8')) as object;
  assert.deepEqual(Object.keys(partnerFile), [
    'baseUrl',
    'authority',
    'tenantId',
    'clientId',
    'clientSecret',
    'customerId',
  ]);
});

test('with a secret in a file no administrator is made, and that secret opens the administration', async () => {
  const secret = randomBytes(32).toString('base64');
  const file = join(directory, 'admin-secret');
  await writeFile(file, `${secret}\n`, { mode: 0o600 });
  const service = await startTestMuster({ settings: { MUSTER_ADMIN_SECRET_FILE: file } });
  const response = await service.call('GET', '/admin/v1/administrators', { token: secret });
  assert.deepEqual(await response.json(), { items: [] });
});

test('a short administration secret, two of them, or a file that is not there stop the start and are not repeated', () => {
  const good = randomBytes(32).toString('hex');
  for (const environment of [
    { MUSTER_ADMIN_SECRET: 'too-short-secret' },
    { MUSTER_ADMIN_SECRET: good, MUSTER_ADMIN_SECRET_FILE: 'x' },
    { MUSTER_ADMIN_SECRET_FILE: join(directory, 'nothing') },
  ]) {
    assert.throws(
      () => readConfig({ environment }),
      (error) =>
        error instanceof SettingError &&
        !error.message.includes(good) &&
        !error.message.includes('too-short-secret'),
    );
  }
});

test('every change is logged with who did it and to what, and reading is not', async () => {
  const { partnerId } = await makePartner(muster);
  await muster.admin('GET', `/partners/${partnerId}`);
  await muster.admin('PATCH', `/partners/${partnerId}`, { name: 'Renamed' });
  const lines = muster.logLines.filter(({ msg }) => msg === 'administration');
  const ofPartner = lines.filter((line) => (line.target as { partnerId?: string }).partnerId === partnerId);
  assert.deepEqual(
    ofPartner.map(({ action }) => action),
    ['createPartner', 'createApplication', 'createApplication', 'createUser', 'updatePartner'],
  );
  assert.ok(ofPartner.every(({ administrator }) => administrator === 'MUSTER_ADMIN_SECRET'));
});
