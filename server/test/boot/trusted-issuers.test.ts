import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readTrustedIssuers } from '../../src/boot/trusted-issuers.ts';
import { readConfig, SettingError } from '../../src/boot/config.ts';

const directory = await mkdtemp(join(tmpdir(), 'muster-test-'));
after(() => rm(directory, { recursive: true, force: true }));

const entra = {
  issuer: 'https://sts.windows.net/{tenantid}/',
  discovery: 'https://login.microsoftonline.com/common/.well-known/openid-configuration',
  audiences: ['https://api.partnercenter.microsoft.com'],
};

test('the setting is a list, or the path of a file that holds one', async () => {
  const file = join(directory, 'issuers.json');
  await writeFile(file, JSON.stringify([entra]));
  for (const value of [JSON.stringify([entra]), 'issuers.json', file]) {
    const config = readConfig({ environment: { MUSTER_TRUSTED_ISSUERS: value }, directory });
    assert.deepEqual(readTrustedIssuers(config.trustedIssuers), [entra]);
  }
});

const wrong: [string, string][] = [
  ['no JSON', '[{'],
  ['no audience', JSON.stringify([{ ...entra, audiences: [] }])],
  ['a misspelt member', JSON.stringify([{ ...entra, audience: 'x' }])],
  ['a role that does not exist', JSON.stringify([{ ...entra, roles: { all: 'Everything' } }])],
  ['a partner that is no GUID', JSON.stringify([{ ...entra, partners: { x: 'fabrikam' } }])],
  ['an issuer twice', JSON.stringify([entra, entra])],
];
for (const [name, text] of wrong) {
  test(`a setting with ${name} stops the start and says so`, () => {
    assert.throws(() => readTrustedIssuers(text), SettingError);
  });
}

test('a file that is not there stops the start', () => {
  const environment = { MUSTER_TRUSTED_ISSUERS: 'nothing.json' };
  assert.throws(() => readConfig({ environment, directory }), SettingError);
});
