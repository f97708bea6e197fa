import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { useService } from '../support/service.ts';

const noCredentials = { credentialsFile: undefined };

test('login asks for what it needs, hides the secret, checks it, and stores it for the user alone', async (t) => {
  const { run, muster, directory, customerId } = await useService(t);
  const { baseUrl, tenantId, clientId, clientSecret } = muster.credentials;
  const answers = [baseUrl, tenantId, clientId, clientSecret, customerId];
  const { exitCode, stdout, stderr, questions } = await run(['login'], {
    isTTY: true,
    answers,
    environment: noCredentials,
  });
  assert.equal(exitCode, 0, stderr);
  assert.equal(questions.length, 5);
  const file = join(directory, 'config', 'login.json');
  assert.ok(stderr.includes(file));
  assert.ok(!`${stdout}${stderr}`.includes(clientSecret));
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.equal((await stat(join(directory, 'config'))).mode & 0o777, 0o700);
  const used = await run(['devices', 'upload', '-', '-b', 'May'], {
    stdin: 'Serial Number,Product Key\nS,K-login\n',
    environment: noCredentials,
  });
  assert.equal(used.exitCode, 0, used.stderr);
  await run(['login', '--remove'], { environment: noCredentials });
  assert.equal((await run(['batches', 'list'], { environment: noCredentials })).exitCode, 4);
});

test('a login that does not work is not stored', async (t) => {
  const { run, directory } = await useService(t);
  const { exitCode } = await run(['login', '--client-secret', 'wrong']);
  assert.equal(exitCode, 4);
  await assert.rejects(readFile(join(directory, 'config', 'login.json')));
});

test('without a terminal nothing is asked: what is missing is named', async (t) => {
  const { run, questions = [] } = { ...(await useService(t)), questions: [] as string[] };
  const { exitCode, stderr } = await run(['login', '--url', 'http://127.0.0.1:1'], {
    environment: noCredentials,
  });
  assert.equal(exitCode, 2);
  assert.match(stderr, /no interactive terminal to ask at\. Specify --tenant-id/);
  assert.deepEqual(questions, []);
});
