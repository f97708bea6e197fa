import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { adminOperations } from '@muster/contract/admin/admin-operations';
import { startAdministeredMuster, postForm } from '../../../../server/test/support/administrator.ts';
import { commandTable } from '../../../src/command-table.ts';
import type { Command } from '../../../src/command.ts';
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

async function adminCommands(): Promise<[string, Command][]> {
  const names = Object.keys(commandTable).filter((name) => name.startsWith('admin '));
  return Promise.all(
    names.map(async (name): Promise<[string, Command]> => [name, await commandTable[name]!.load()]),
  );
}

/** A command line of an action: its argument, every required option, and for an update the first of the others. */
function wordsOf(name: string, { words: [action = '', argument], options }: Form): string[] {
  const entries = Object.entries(options);
  const needed = entries.filter(([, { isRequired }]) => isRequired);
  const given = action === 'update' ? entries.slice(0, 1) : needed;
  return [
    ...name.split(' '),
    action,
    ...(argument === undefined ? [] : ['x']),
    ...given.flatMap(([option, { choices }]) => [`--${option}`, choices?.[0] ?? '1']),
    '--yes',
  ];
}
type Form = NonNullable<Command['forms']>[number];

test('every action of a command sends an operation of the contract, and every operation has an action', async () => {
  const reached = new Set<string>();
  for (const [name, { forms = [] }] of await adminCommands()) {
    for (const form of forms) {
      const sent: string[] = [];
      const io = createFakeIo({ environment: { url: 'http://muster.example', adminSecret: 'secret' } });
      const fetch: typeof globalThis.fetch = (url, init) => {
        sent.push(`${init?.method} ${new URL(String(url)).pathname.replace('/admin/v1', '')}`);
        return Promise.resolve(Response.json({ items: [] }));
      };
      const words = wordsOf(name, form);
      assert.equal(await runMuster(words, { ...io, fetch }), 0, `${words.join(' ')}: ${io.written.stderr}`);
      const operations = Object.entries(adminOperations).filter(([, { method, path }]) =>
        new RegExp(`^${method} ${path.replaceAll(/\{\w+\}/g, '[^/{}]+')}$`).test(sent.join(' ')),
      );
      assert.equal(operations.length, 1, `${words.join(' ')} sends ${sent.join(' ')}`);
      reached.add(operations[0]![0]);
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
  ['an unknown action', ['partners', 'destroy'], /ACTION: "destroy" is not one of list, get, create/],
  ['no id', ['partners', 'get'], /Missing argument PARTNER_ID/],
  ['nothing to change', ['partners', 'update', 'x'], /Specify what to change: --name, --domain/],
  [
    'an application without a role',
    ['applications', 'create', '--partner', 'x', '--name', 'Robot'],
    /Option --role is required/,
  ],
  ['a missing option', ['partners', 'create', '--name', 'x'], /Option --domain is required/],
  ['an option of another action', ['partners', 'list', '--name', 'x'], /Unknown option --name/],
  [
    'a role that is none',
    ['users', 'create', 'a@b.c', '--partner', 'x', '--role', 'Boss'],
    /is not one of AdminAgents/,
  ],
  [
    'a number that is none',
    ['secrets', 'create', '--application', 'x', '--days', 'many'],
    /is not a whole number/,
  ],
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
  assert.match(refused.stderr, /does not recognize this administrator/);
  assert.ok(!refused.stderr.includes(secret));
  const token = await run(['partners'], { environment: { adminSecret: await muster.token() } });
  assert.equal(token.exitCode, 1);
  assert.match(token.stderr, /Not allowed: Access denied/);
  const unreachable = await run(['partners', '--url', 'http://127.0.0.1:1']);
  assert.equal(unreachable.exitCode, 1);
  assert.match(unreachable.stderr, /No response from http:\/\/127\.0\.0\.1:1/);
});

test('an application without a role asks for one on a terminal, and a public one needs none', async (t) => {
  const { muster, run } = await useAdmin(t);
  const { tenantId } = muster.credentials;
  const create = ['applications', 'create', '--partner', tenantId, '--name', 'Robot'];
  const asked = await run(create, { isTTY: true, answers: ['salesagents, GlobalAdmin'] });
  assert.equal(asked.exitCode, 0, asked.stderr);
  assert.match(asked.questions[0] ?? '', /AdminAgents, SalesAgents, GlobalAdmin, none/);
  assert.match(asked.stdout, /^roles +SalesAgents, GlobalAdmin$/m);
  const wrong = await run(create, { isTTY: true, answers: ['Boss'] });
  assert.equal(wrong.exitCode, 2);
  assert.match(wrong.stderr, /--role: "Boss" is not one of AdminAgents/);
  assert.equal((await run([...create, '--public'])).exitCode, 0);
});

test('a refused value is told by the option or argument that gave it, not by the member of the request', async (t) => {
  const { muster, run } = await useAdmin(t);
  const { tenantId } = muster.credentials;
  const cases: [words: string[], text: RegExp][] = [
    [['partners', 'get', 'x'], /PARTNER_ID must be a GUID/],
    [['partners', 'create', '--name', 'x', '--domain', '?'], /--domain contains control characters/],
    [['partners', 'create', '--name', 'x', '--domain', 'x.example', '--id', 'x'], /--id contains/],
    [['customers', 'create', '--partner', 'x', '--name', 'x'], /--partner contains/],
    [['customers', 'create', '--partner', tenantId, '--name', ' '.repeat(300)], /--name /],
    [['secrets', 'create', '--application', 'x'], /--application must be a GUID/],
    [
      [
        'applications',
        'create',
        '--partner',
        tenantId,
        '--name',
        'x',
        '--public',
        '--redirect-uri',
        'ftp://x',
      ],
      /--redirect-uri /,
    ],
    [['users', 'create', '?', '--partner', tenantId, '--role', 'none'], /USER_NAME /],
  ];
  for (const [words, text] of cases) {
    const { exitCode, stderr } = await run(words);
    assert.equal(exitCode, 1, words.join(' '));
    assert.match(stderr, text);
    assert.doesNotMatch(stderr, /Name\b|Id\b|Uris\b/);
  }
});
