import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waitFor, WaitTimeoutError } from '../src/polling.ts';
import { instantRuntime } from './support/instant-runtime.ts';

function watch(states: readonly string[]) {
  const runtime = instantRuntime();
  let looks = 0;
  const look = () => Promise.resolve(states[Math.min(looks++, states.length - 1)] ?? '');
  return {
    runtime,
    looks: () => looks,
    watched: { look, isFinished: (state: string) => state === 'finished', runtime },
  };
}

test('waiting ends at the first finished state and tells every state seen', async () => {
  const { watched, looks } = watch(['queued', 'processing', 'finished']);
  const seen: string[] = [];
  assert.equal(await waitFor(watched, { onProgress: (state) => void seen.push(state) }), 'finished');
  assert.deepEqual(seen, ['queued', 'processing', 'finished']);
  assert.equal(looks(), 3);
});

test('a state nobody knows is "not yet": a pause follows every look, and pauses grow to their limit', async () => {
  const { watched, runtime } = watch(['unknown', 'no_such_state', '', 'x', 'x', 'x', 'finished']);
  await waitFor(watched, { intervalMs: 1000, intervalMsMax: 4000 });
  assert.deepEqual(runtime.slept, [1000, 1500, 2250, 3375, 4000, 4000]);
});

test('an interval of nothing still pauses', async () => {
  const { watched, runtime } = watch(['unknown', 'finished']);
  await waitFor(watched, { intervalMs: 0 });
  assert.ok((runtime.slept[0] ?? 0) > 0);
});

test('at the time-out there is a last look, then an error with the last state', async () => {
  const { watched, runtime, looks } = watch(['unknown']);
  await assert.rejects(waitFor(watched, { timeoutMs: 10_000 }), (error) => {
    assert.ok(error instanceof WaitTimeoutError);
    assert.equal(error.lastState, 'unknown');
    return true;
  });
  assert.equal(
    runtime.slept.reduce((sum, ms) => sum + ms, 0),
    10_000,
  );
  assert.equal(looks(), runtime.slept.length + 1);
});

test('a clock set back a day while waiting does not prolong the wait', async () => {
  const { runtime, watched: queued } = watch(['queued']);
  const setBack = { ...runtime, now: () => runtime.now() - runtime.elapsedMs() * 1000 - 86_400_000 };
  const watched = { ...queued, runtime: setBack };
  await assert.rejects(waitFor(watched, { timeoutMs: 10_000 }), WaitTimeoutError);
  assert.equal(runtime.elapsedMs(), 10_000);
});

test('without a time-out given, waiting ends all the same', async () => {
  const { watched } = watch(['unknown']);
  await assert.rejects(waitFor(watched), WaitTimeoutError);
});

test('a look that hangs ends with the wait, and the error holds what was seen before it', async () => {
  let looks = 0;
  const look = (signal: AbortSignal) =>
    looks++ === 0
      ? Promise.resolve('processing')
      : new Promise<string>((_, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        });
  const watched = { look, isFinished: () => false, runtime: instantRuntime() };
  await assert.rejects(waitFor(watched, { timeoutMs: 10 }), (error) => {
    assert.ok(error instanceof WaitTimeoutError);
    assert.equal(error.lastState, 'processing');
    return true;
  });
  assert.equal(looks, 2);
});

test('a wait without end is one', async () => {
  const { watched } = watch(['processing', 'finished']);
  assert.equal(await waitFor(watched, { timeoutMs: Infinity }), 'finished');
});

test('an aborted wait throws the reason and looks no more', async () => {
  const { watched, looks } = watch(['processing']);
  const stop = new AbortController();
  const reason = new Error('enough');
  const wait = waitFor(watched, { signal: stop.signal, onProgress: () => stop.abort(reason) });
  await assert.rejects(wait, (error) => error === reason);
  assert.equal(looks(), 1);
});

test('a service is asked to wait as long as it may, and the time that it did counts as pause', async () => {
  const runtime = instantRuntime();
  const states = ['queued', 'processing', 'processing', 'finished'];
  const asked: number[] = [];
  const look = async (_: AbortSignal, waitSeconds: number) => {
    asked.push(waitSeconds);
    await runtime.sleep(waitSeconds * 1000);
    return states.shift() ?? '';
  };
  const watched = {
    look,
    isFinished: (state: string) => state === 'finished',
    hasWaited: () => true,
    runtime,
  };
  await waitFor(watched, { timeoutMs: 120_000 });
  // The last answer should be here a second before the end.
  assert.deepEqual(asked, [50, 50, 19, 0]);
  assert.deepEqual(runtime.slept, [50_000, 50_000, 19_000, 0]);
});

test('whoever is told the progress hears of it as often as without such a service', async () => {
  const { watched } = watch(['queued', 'queued', 'queued', 'queued', 'finished']);
  const asked: number[] = [];
  const look = (_: AbortSignal, waitSeconds: number) => {
    asked.push(waitSeconds);
    return watched.look();
  };
  await waitFor({ ...watched, look }, { onProgress: () => {}, intervalMs: 2000, intervalMsMax: 4000 });
  assert.deepEqual(asked, [2, 3, 4, 4, 4]);
});
