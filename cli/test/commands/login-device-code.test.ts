import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { makePartner, startAdministeredMuster } from '../../../server/test/support/administrator.ts';
import { openBrowser } from '../../../server/test/support/browser.ts';
import { newCustomerId } from '../../../server/test/support/muster.ts';
import { runMuster } from '../../src/run-muster.ts';
import { createFakeIo, type FakeIoOptions } from '../support/fake-io.ts';
import { createScratch } from '../support/scratch.ts';

const muster = await startAdministeredMuster();
const partner = await makePartner(muster);
const { userPrincipalName: username, password } = partner.user;

/** Someone who reads the terminal, opens the page that it names and answers there. */
async function answerOnPage(talk: string, answer: Record<string, string>): Promise<string> {
  const [url = ''] = /https?:\/\/\S+\/devicelogin/.exec(talk) ?? [];
  const [code = ''] = /\b[BCDFGHJKLMNPQRSTVWXZ]{9}\b/.exec(talk) ?? [];
  const browser = openBrowser();
  const page = await browser.submit(await browser.open(url), { code });
  return (await browser.submit(page, answer)).text;
}

/** Runs the command line; when it shows a code, `answer` is given on the sign-in page. */
async function run(words: readonly string[], directory: string, answer?: Record<string, string>) {
  const places = { configDirectory: join(directory, 'config'), stateDirectory: join(directory, 'state') };
  const options: FakeIoOptions = { workingDirectory: directory, environment: places };
  const io = createFakeIo(options);
  const pages: string[] = [];
  const write = async (text: string): Promise<void> => {
    await io.stderr.write(text);
    if (answer && text.includes('/devicelogin')) pages.push(await answerOnPage(text, answer));
  };
  const exitCode = await runMuster(words, { ...io, stderr: { ...io.stderr, write } });
  return { exitCode, pages, ...io.written };
}

const login = [
  ['login', '--device-code', '--url', muster.url],
  ['--tenant-id', partner.partnerId, '--client-id', partner.publicClientId],
].flat();

test('a person signs in with a code on a web page, and later commands are theirs without another sign-in', async (t) => {
  const directory = await createScratch(t, {});
  const customer = ['--customer', newCustomerId()];
  const signedIn = await run([...login, ...customer], directory, { username, password });
  assert.equal(signedIn.exitCode, 0, signedIn.stderr);
  assert.match(signedIn.pages.join(), /You have signed in to Desk tool/);
  assert.ok(!signedIn.stderr.includes(password) && !signedIn.pages.join().includes(password));

  const file = join(directory, 'config', 'login.json');
  const refreshTokens: unknown[] = [];
  for (let count = 0; count < 3; count++) {
    const stored = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    assert.equal(stored.clientSecret, undefined);
    refreshTokens.push(stored.refreshToken);
    const listed = await run(['policies', 'list', '--json'], directory);
    assert.equal(listed.exitCode, 0, listed.stderr);
  }
  // A public application's refresh token is good once: each command kept the one that it got.
  assert.equal(new Set(refreshTokens).size, 3);

  const profile = await run(['api', 'GET', '/profiles/organization'], directory);
  assert.equal(profile.exitCode, 0, profile.stderr);
  const { rows } = await muster.database.pool.query<{ users: number }>(
    `select count(distinct user_id)::int as users from refresh_tokens where client_id = $1`,
    [partner.publicClientId],
  );
  assert.deepEqual(rows, [{ users: 1 }]);
});

test('a person who declines on the page ends the command with exit code 4, and nothing is stored', async (t) => {
  const directory = await createScratch(t, {});
  const declined = await run(login, directory, { action: 'cancel' });
  assert.equal(declined.exitCode, 4);
  assert.match(declined.pages.join(), /Sign-in canceled/);
  assert.match(declined.stderr, /declined/);
  await assert.rejects(readFile(join(directory, 'config', 'login.json')));
});

test('Ctrl-C while the code waits ends the command at once with exit code 130', async (t) => {
  const directory = await createScratch(t, {});
  const stop = new AbortController();
  const io = createFakeIo({
    workingDirectory: directory,
    environment: { configDirectory: join(directory, 'config') },
    interruption: stop.signal,
  });
  const write = async (text: string): Promise<void> => {
    await io.stderr.write(text);
    if (text.includes('/devicelogin')) stop.abort(new Error('Ctrl-C'));
  };
  assert.equal(await runMuster(login, { ...io, stderr: { ...io.stderr, write } }), 130);
});
