import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandTable } from '../src/command-table.ts';
import { runMuster } from '../src/run-muster.ts';
import { createFakeIo, type FakeIoOptions } from './support/fake-io.ts';

async function run(words: string, options: FakeIoOptions = {}) {
  const io = createFakeIo(options);
  const exitCode = await runMuster(
    words.split(' ').filter((word) => word !== ''),
    io,
  );
  return { exitCode, ...io.written };
}

test('a wrong command line is one line that says what is wrong and where to look, with exit code 2', async () => {
  const cases: [words: string, text: RegExp][] = [
    ['devices uplod', /There is no command "devices uplod"\. Did you mean "devices upload"\?/],
    ['devices', /There is no command "devices"\. Commands that begin with it: devices upload, /],
    ['--nope', /Unknown option --nope\. See: muster --help/],
    ['constructor', /There is no command "constructor"/],
    ['status', /Missing argument TRACKING_ID\. See: muster status --help/],
    ['status x', /TRACKING_ID: "x" is not a valid GUID/],
    ['devices upload f.csv', /Option --batch is required/],
    ['devices upload f.csv --batch', /Option --batch needs a value/],
    ['devices upload f.csv --nope', /Unknown option --nope/],
    ['devices upload f.csv --check=1', /Option --check does not take a value/],
    ['devices upload f.csv -b x --rows some', /--rows: "some" is not one of all, failed, none/],
    ['devices upload f.csv -b x --wait --no-wait', /cannot be used together/],
    ['batches list more', /Unexpected argument "more"/],
    ['policies create', /Option --name is required/],
    ['policies create --name x --setting fly', /--setting: "fly" is not one of/],
    ['policies update 1', /Specify what to change/],
    ['devices assign 1', /Specify --policy ID or --unassign/],
    ['api FLY /v1', /METHOD: "FLY" is not one of GET, /],
    ['api GET http://x', /is not a valid API path/],
    ['completion tcsh', /SHELL: "tcsh" is not one of bash, zsh, fish, powershell/],
    ['scenarios Fly', /There is no scenario "Fly"/],
  ];
  for (const [words, text] of cases) {
    const { exitCode, stdout, stderr } = await run(words);
    assert.equal(exitCode, 2, words);
    assert.equal(stdout, '', words);
    assert.match(stderr, text, words);
    assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
  }
});

test('without a connection the exit code is 4 and the line says how to get one', async () => {
  const { exitCode, stderr } = await run('batches list');
  assert.equal(exitCode, 4);
  assert.match(stderr, /Run "muster login", specify --credentials FILE, or set MUSTER_URL/);
  const partial = await run('batches list --url http://127.0.0.1:1 --tenant-id t');
  assert.equal(partial.exitCode, 4);
  assert.match(
    partial.stderr,
    /are incomplete\. Missing: clientId, clientSecret\. Specify --client-id, --client-secret, or set MUSTER_CLIENT_ID/,
  );
});

test('the Chinese help of a command has no English sentence in it, but for its example', async () => {
  for (const name of Object.keys(commandTable)) {
    const { stdout } = await run(`${name} --help --locale zh-TW`);
    assert.match(stdout, /^用法：/m);
    const told = stdout.replace(/^用法：.*$/m, '').replace(/\n範例：\n(?: {2}.*\n)+/, '');
    assert.doesNotMatch(told, /[A-Za-z]+ [a-z]+ [a-z]+/, name);
  }
});

test('every command has help in both languages with an example that calls it and all its options', async () => {
  for (const [name, entry] of Object.entries(commandTable)) {
    const command = await entry.load();
    for (const locale of ['en-US', 'zh-TW'] as const) {
      const { exitCode, stdout } = await run(`${name} --help --locale ${locale}`);
      assert.equal(exitCode, 0);
      assert.ok(stdout.startsWith(entry.summary[locale]), name);
      assert.match(command.example, new RegExp(`muster ${name}\\b`));
      for (const option of Object.keys(command.options))
        assert.ok(stdout.includes(`--${option}`), `${name} --${option}`);
    }
    assert.ok((await run('--help')).stdout.includes(name));
  }
});

test('help COMMAND is COMMAND --help, and the exit codes have a page', async () => {
  assert.deepEqual(await run('help devices upload'), await run('devices upload --help'));
  const { stdout } = await run('help exit-codes');
  for (const code of [0, 1, 2, 3, 4, 8, 130]) assert.match(stdout, new RegExp(`^ +${code} `, 'm'));
});

test('--version prints the version', async () => {
  assert.deepEqual(await run('--version'), { exitCode: 0, stdout: 'muster 0.1.0\n', stderr: '' });
});

test('nothing at all shows the commands, on standard error and with exit code 2', async () => {
  const { exitCode, stdout, stderr } = await run('');
  assert.equal(exitCode, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /devices upload/);
});

test('the language is that of --locale, else of the environment', async () => {
  const environment = { locale: 'zh_TW.UTF-8' };
  assert.match((await run('fly', { environment })).stderr, /沒有「fly」這個命令/);
  assert.match((await run('fly --locale en-US', { environment })).stderr, /There is no command/);
  assert.match((await run('--locale zh-TW fly')).stderr, /沒有「fly」這個命令/);
});

test('a bug is one line that asks for --debug, and its stack with it', async () => {
  const io = createFakeIo();
  const broken = { ...io, environment: undefined } as unknown as typeof io;
  assert.equal(await runMuster(['batches', 'list', '--locale', 'en-US'], broken), 1);
  assert.match(io.written.stderr, /^muster: Unexpected error: .*--debug for details\.\n$/);
  assert.equal(await runMuster(['batches', 'list', '--locale', 'en-US', '--debug'], broken), 1);
  assert.match(io.written.stderr, /\n\s+at /);
});

test('a noun with --help shows its commands on stdout and exits 0; without it, it is a usage error', async () => {
  const help = await run('devices --help');
  assert.equal(help.exitCode, 0);
  assert.match(help.stdout, /devices upload +\S/);
  assert.doesNotMatch(help.stdout, /policies list/);
  assert.equal((await run('devices')).exitCode, 2);
});
