import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { readEnvironment } from '../../src/environment.ts';
import { readSettings } from '../../src/connection/settings.ts';
import { createFakeIo } from '../support/fake-io.ts';
import { createScratch } from '../support/scratch.ts';

const stored = {
  baseUrl: 'http://stored',
  authority: 'http://stored-a',
  tenantId: 'ts',
  clientId: 'cs',
  clientSecret: 'ss',
};
const inFile = {
  baseUrl: 'http://file',
  authority: 'http://file-a',
  tenantId: 'tf',
  clientId: 'cf',
  clientSecret: 'sf',
};

test('each value comes from the first that has it: flags, environment, credentials file, stored login', async (t) => {
  const directory = await createScratch(t, { 'c.json': JSON.stringify(inFile) });
  await mkdir(join(directory, 'config'));
  await writeFile(join(directory, 'config', 'login.json'), JSON.stringify(stored));
  const io = (environment: object) =>
    createFakeIo({
      workingDirectory: directory,
      environment: { configDirectory: join(directory, 'config'), ...environment },
    });

  assert.equal((await readSettings({}, io({}))).baseUrl, 'http://stored');
  assert.equal((await readSettings({ credentials: 'c.json' }, io({}))).clientSecret, 'sf');
  assert.equal((await readSettings({}, io({ credentialsFile: 'c.json' }))).tenantId, 'tf');
  const mixed = await readSettings(
    { credentials: 'c.json', 'client-id': 'flag' },
    io({ clientId: 'variable', tenantId: 'variable' }),
  );
  assert.deepEqual([mixed.clientId, mixed.tenantId, mixed.baseUrl], ['flag', 'variable', 'http://file']);
});

test('another base URL does not take the authority of the file with it', async (t) => {
  const directory = await createScratch(t, { 'c.json': JSON.stringify(inFile) });
  const io = createFakeIo({ workingDirectory: directory });
  const settings = await readSettings({ credentials: 'c.json', url: 'http://other' }, io);
  assert.equal(settings.authority, undefined);
});

test('a refresh token of the stored login is not used for another application', async (t) => {
  const directory = await createScratch(t, {
    'login.json': JSON.stringify({ ...stored, refreshToken: 'r' }),
  });
  const io = createFakeIo({ environment: { configDirectory: directory } });
  assert.equal((await readSettings({}, io)).refreshToken, 'r');
  assert.equal((await readSettings({ 'client-secret': 'x' }, io)).refreshToken, undefined);
});

test('an empty variable counts as not set, and the places are those of the platform', () => {
  const environment = readEnvironment(
    { MUSTER_URL: '', XDG_CONFIG_HOME: '/x', LANG: 'zh_TW', NO_COLOR: '1' },
    'linux',
  );
  assert.equal(environment.url, undefined);
  assert.equal(environment.configDirectory, '/x/muster');
  assert.equal(environment.locale, 'zh_TW');
  assert.equal(environment.isColorRefused, true);
  assert.match(readEnvironment({}, 'darwin').configDirectory, /Library\/Application Support\/Muster$/);
  assert.match(readEnvironment({ APPDATA: 'C:\\A' }, 'win32').configDirectory, /^C:\\A.Muster$/);
});
