import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemRuntime, unlessAborted } from '../src/runtime.ts';

const reason = new Error('enough');

test('an aborted wait throws the reason, before or while it waits', async () => {
  const pending = new Promise<never>(() => {});
  const stop = new AbortController();
  const waiting = unlessAborted(pending, stop.signal);
  stop.abort(reason);
  await assert.rejects(waiting, (error) => error === reason);
  await assert.rejects(unlessAborted(pending, stop.signal), (error) => error === reason);
  await assert.rejects(systemRuntime.sleep(3_600_000, stop.signal), (error) => error === reason);
});

test('what fails after its waiters have gone does not end the program', async () => {
  const late = Promise.withResolvers<never>();
  await assert.rejects(unlessAborted(late.promise, AbortSignal.abort(reason)), (error) => error === reason);
  late.reject(new Error('late'));
  await new Promise((resolve) => setImmediate(resolve));
});

test('many waits on one signal bring no warning of a leak', async (t) => {
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => void warnings.push(warning);
  process.on('warning', onWarning);
  t.after(() => process.off('warning', onWarning));
  const stop = new AbortController();
  const waits = Array.from({ length: 200 }, () => unlessAborted(new Promise<never>(() => {}), stop.signal));
  stop.abort(reason);
  await Promise.allSettled(waits);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(warnings, []);
});
