import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { adminOperations, type AdminOperationId } from '@muster/contract/admin/admin-operations';
import { startAdministeredMuster, postForm } from '../../../../server/test/support/administrator.ts';
import { commandTable } from '../../../src/command-table.ts';
import type { AdminCommand } from '../../../src/commands/admin/define-admin-command.ts';
import { runMuster } from '../../../src/run-muster.ts';
import { createFakeIo, type FakeIoOptions } from '../../support/fake-io.ts';
import { createScratch } from '../../support/scratch.ts';

const starting = startAdministeredMuster();

/** The administrator's command line: the service's file beside them. */
async function useAdmin(t: TestContext) {
  const muster = await starting;
  const directory = await createScratch(t, {});
  const file = join(directory, 'admin-credentials.json');
  await writeFile(
    file,
    JSON.stringify({ baseUrl: muster.url, administrator: 'Ada', secret: muster.adminSecret }),
  );
  const run = async (words: readonly string[], options: FakeIoOptions = {}) => {
    const io = createFakeIo({
      workingDirectory: directory,
      ...options,
      environment: { adminCredentialsFile: file, ...options.environment },
    });
    const exitCode = await runMuster(['admin', ...words], io);
    return { exitCode, ...io.written, questions: io.questions };
  };
  /** Runs with `--json` and gives what was printed; it must succeed. */
  const json = async (...words: string[]): Promise<Record<string, string>> => {
    const { exitCode, stdout, stderr } = await run([...words, '--json']);
    assert.equal(exitCode, 0, stderr);
    return JSON.parse(stdout) as Record<string, string>;
  };
  return { muster, run, json };
}

async function adminCommands(): Promise<[string, AdminCommand][]> {
  const names = Object.keys(commandTable).filter((name) => name.startsWith('admin '));
  return Promise.all(
    names.map(async (name): Promise<[string, AdminCommand]> => [
      name,
      (await commandTable[name]?.load()) as AdminCommand,
    ]),
  );
}

test('every administration operation has a command, with its method and path', async () => {
  const reached = new Set<AdminOperationId>();
  for (const [name, { noun }] of await adminCommands()) {
    for (const [action, { operation, method, path }] of Object.entries(noun.actions)) {
      reached.add(operation);
      const { method: expectedMethod, path: expectedPath } = adminOperations[operation];
      assert.deepEqual({ method, path }, { method: expectedMethod, path: expectedPath }, `${name} ${action}`);
    }
  }
  assert.deepEqual([...reached].sort(), Object.keys(adminOperations).sort());
});

test('a partner, an application, a user and a customer are set up without SQL, and can sign in', async (t) => {
  const { muster, run, json } = await useAdmin(t);
  const domain = `${randomUUID()}.example`;
  const { partnerId = '' } = await json('partners', 'create', '--name', 'Fabrikam', '--domain', domain);
  const create = ['applications', 'create', '--partner', partnerId, '--name', 'Robot'];
  const roles = ['--role', 'SalesAgents', '--role', 'AdminAgents'];
  const application = await run([...create, ...roles, '--redirect-uri', 'http://127.0.0.1/']);
  assert.equal(application.exitCode, 0, application.stderr);
  assert.match(application.stderr, /cannot be shown again/);
  const clientId = /^clientId\t(\S+)$/m.exec(application.stdout)?.[1] ?? '';
  const clientSecret = /^clientSecret\t(\S+)$/m.exec(application.stdout)?.[1] ?? '';
  assert.match(application.stdout, /^roles\tSalesAgents, AdminAgents$/m);
  const signIn = (client_secret: string | undefined) =>
    postForm(muster, `${domain}/oauth2/v2.0/token`, {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: client_secret ?? '',
      scope: 'https://graph.windows.net/.default',
    });
  assert.equal((await signIn(clientSecret)).status, 200);

  const rotated = await json('secrets', 'rotate', '--application', clientId, '--grace-hours', '0');
  assert.equal((await signIn(clientSecret)).status, 401);
  assert.equal((await signIn(rotated.clientSecret)).status, 200);

  const name = `ada@${domain}`;
  const user = await json('users', 'create', name, '--partner', partnerId, '--role', 'SalesAgents');
  assert.ok(user.password);
  const disabled = await json('users', 'update', name, '--disable', '--role', 'none');
  assert.deepEqual([disabled.isEnabled, disabled.roles], [false, []]);
  assert.ok((await json('users', 'reset-password', name)).password);

  const customer = await json('customers', 'create', '--partner', partnerId, '--name', 'Contoso');
  const list = await run(['customers', 'list', '--partner', partnerId]);
  assert.equal(list.stdout, `${customer.customerId}\tContoso\t${customer.domainName}\t${partnerId}\n`);
  const ended = await run(['customers', 'end', customer.customerId ?? '', '--yes']);
  assert.equal(ended.stdout, 'Done.\n');
  assert.equal((await run(['partners', 'delete', partnerId, '--yes'])).exitCode, 0);
});

test('what cannot be undone asks on a terminal and wants --yes elsewhere', async (t) => {
  const { run, json } = await useAdmin(t);
  const { administratorId = '' } = await json('administrators', 'create', `Grace ${randomUUID()}`);
  const words = ['administrators', 'delete', administratorId];
  assert.equal((await run(words)).exitCode, 2);
  const refused = await run(words, { isTTY: true, answers: ['n'] });
  assert.equal(refused.exitCode, 1);
  assert.match(refused.questions[0] ?? '', new RegExp(`admin administrators delete ${administratorId}`));
  assert.equal((await run(words, { isTTY: true, answers: ['y'] })).exitCode, 0);
  const again = await run([...words, '--yes']);
  assert.equal(again.exitCode, 1);
  assert.match(again.stderr, /\(404\): There is no administrator/);
});

test('lists longer than one answer are read to their end', async (t) => {
  const { muster, run } = await useAdmin(t);
  const { tenantId } = muster.credentials;
  const before = (await run(['customers', 'list', '--partner', tenantId])).stdout.split('\n').length;
  await Promise.all(
    Array.from({ length: 120 }, (_, number) =>
      muster.admin('POST', '/customers', { partnerId: tenantId, companyName: `Customer ${number}` }),
    ),
  );
  const after = (await run(['customers', 'list', '--partner', tenantId])).stdout.split('\n').length;
  assert.equal(after - before, 120);
});

test('the signing key is rotated, and keys are shown without the keys', async (t) => {
  const { run, json } = await useAdmin(t);
  const { keyId } = await json('keys', 'rotate');
  const { stdout } = await run(['keys'], { isTTY: true });
  assert.match(stdout, /^KEY ID +CREATED +EXPIRES/);
  assert.ok(stdout.includes(keyId ?? '?'));
});

const wrong: [string, string[], RegExp][] = [
  ['an unknown action', ['partners', 'destroy'], /ACTION: "destroy" is none of list, get, create/],
  ['no id', ['partners', 'get'], /Missing ID/],
  ['a missing option', ['partners', 'create', '--name', 'x'], /Option --domain is missing/],
  ['an option of another action', ['partners', 'list', '--name', 'x'], /Unknown option --name/],
  [
    'a role that is none',
    ['users', 'create', 'a@b.c', '--partner', 'x', '--role', 'Boss'],
    /is none of AdminAgents/,
  ],
  ['a number that is none', ['secrets', 'create', '--application', 'x', '--days', 'many'], /no whole number/],
];
for (const [name, words, text] of wrong) {
  test(`a command line with ${name} is a usage error`, async (t) => {
    const { run } = await useAdmin(t);
    const { exitCode, stderr } = await run(words);
    assert.equal(exitCode, 2);
    assert.match(stderr, text);
  });
}

test('no credentials, wrong ones, and a partner token are told apart, and no secret is shown', async (t) => {
  const { muster, run } = await useAdmin(t);
  const none = await run(['partners'], { environment: { adminCredentialsFile: undefined } });
  assert.equal(none.exitCode, 4);
  assert.match(none.stderr, /--admin-credentials/);
  const secret = 'a-wrong-secret-of-an-administrator';
  const refused = await run(['partners'], { environment: { adminSecret: secret } });
  assert.equal(refused.exitCode, 4);
  assert.match(refused.stderr, /does not know this administrator/);
  assert.ok(!refused.stderr.includes(secret));
  const token = await run(['partners'], { environment: { adminSecret: await muster.token() } });
  assert.equal(token.exitCode, 1);
  assert.match(token.stderr, /Refused: Access denied/);
  const unreachable = await run(['partners', '--url', 'http://127.0.0.1:1']);
  assert.equal(unreachable.exitCode, 1);
  assert.match(unreachable.stderr, /No answer from http:\/\/127\.0\.0\.1:1/);
});
