import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AuthenticationError } from '../../src/index.ts';
import { TokenSource } from '../../src/credentials/token-source.ts';
import { countingCredential } from '../support/counting-credential.ts';
import { instantRuntime } from '../support/instant-runtime.ts';

test('a token is asked for once and kept until shortly before it ends', async () => {
  const runtime = instantRuntime();
  const credential = countingCredential(runtime.now);
  const source = new TokenSource(credential, ['scope/.default'], runtime);
  assert.equal(await source.get(), 'token-1');
  await runtime.sleep(3_600_000 - 121_000);
  assert.equal(await source.get(), 'token-1');
  await runtime.sleep(2_000);
  assert.equal(await source.get(), 'token-2');
  assert.deepEqual(credential.asked, [['scope/.default'], ['scope/.default']]);
});

test('many calls at once share one renewal', async () => {
  const credential = countingCredential();
  const source = new TokenSource(credential, ['s'], instantRuntime());
  const tokens = await Promise.all(Array.from({ length: 50 }, () => source.get()));
  assert.deepEqual(new Set(tokens), new Set(['token-1']));
  assert.equal(credential.asked.length, 1);
});

test('one caller that gives up does not take the token from the others', async () => {
  const gate = Promise.withResolvers<void>();
  const credential = {
    getToken: async () => {
      await gate.promise;
      return { token: 'late', expiresOnTimestamp: Number.MAX_SAFE_INTEGER };
    },
  };
  const source = new TokenSource(credential, ['s'], instantRuntime());
  const stop = new AbortController();
  const given = source.get(stop.signal);
  const waiting = source.get();
  stop.abort(new Error('enough'));
  await assert.rejects(given, /enough/);
  gate.resolve();
  assert.equal(await waiting, 'late');
});

test('a renewal that fails leaves a token in use that is still good, and is an error once it has ended', async () => {
  const runtime = instantRuntime();
  let isDown = false;
  const credential = {
    getToken: () =>
      isDown
        ? Promise.reject(new Error('down'))
        : Promise.resolve({ token: 'old', expiresOnTimestamp: runtime.now() + 3_600_000 }),
  };
  const source = new TokenSource(credential, ['s'], runtime);
  await source.get();
  isDown = true;
  await runtime.sleep(3_600_000 - 60_000);
  assert.equal(await source.get(), 'old');
  await runtime.sleep(60_000);
  await assert.rejects(source.get(), /down/);
});

test('a token that lives shorter than the margin is still kept for most of its life', async () => {
  const runtime = instantRuntime();
  let count = 0;
  const credential = {
    getToken: () => Promise.resolve({ token: `t${++count}`, expiresOnTimestamp: runtime.now() + 60_000 }),
  };
  const source = new TokenSource(credential, ['s'], runtime);
  await source.get();
  await runtime.sleep(47_000);
  assert.equal(await source.get(), 't1');
});

test('a credential that gives nothing is an AuthenticationError', async () => {
  const source = new TokenSource({ getToken: () => Promise.resolve(null) }, ['s'], instantRuntime());
  await assert.rejects(source.get(), AuthenticationError);
});
