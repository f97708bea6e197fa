import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { createSay } from '../../src/messages/message.ts';
import { chooseProgress } from '../../src/terminal/progress.ts';
import type { ProgressState } from '../../src/terminal/progress.ts';
import { createFakeIo } from '../support/fake-io.ts';

const say = createSay('en-US');

function state(finished: number, accepted = finished, failed = 0): ProgressState {
  return { total: 1_000, accepted, finished, failed };
}

test('on a terminal one line is drawn over and over, with rate and time left, and never wider than the terminal', () => {
  let nowMs = 0;
  const io = createFakeIo({ isTTY: true, columns: 80, now: () => nowMs });
  const progress = chooseProgress({}, io, say);
  for (let finished = 0; finished <= 500; finished += 100) {
    progress.update(state(finished, 500, finished / 100));
    nowMs += 1_000;
  }
  progress.end();
  const drawn = io.written.stderr
    .split('\r')
    .map(stripVTControlCharacters)
    .filter((line) => line !== '');
  assert.equal(drawn.length, 7);
  for (const line of drawn) assert.ok(line.trimEnd().length <= 80, line);
  assert.match(drawn[5] ?? '', /█+▒*░+ 50%  500\/1,000 processed  5 failed  50 devices\/s  10s left/);
  assert.equal(io.written.stderr.split('\n').length, 2);
});

test('a bar is drawn at most ten times a second', () => {
  let nowMs = 0;
  const io = createFakeIo({ isTTY: true, now: () => nowMs });
  const progress = chooseProgress({}, io, say);
  for (; nowMs < 1_000; nowMs += 1) progress.update(state(nowMs));
  assert.ok(io.written.stderr.split('\r').length <= 12);
});

test('what an earlier run did does not count as done in no time', () => {
  let nowMs = 0;
  const io = createFakeIo({ isTTY: true, now: () => nowMs });
  const progress = chooseProgress({}, io, say);
  progress.update(state(900));
  nowMs = 10_000;
  progress.update(state(910));
  assert.match(stripVTControlCharacters(io.written.stderr), /1 devices\/s  1m 30s left/);
});

test('elsewhere a plain line now and then, and the last state at the end', () => {
  let nowMs = 0;
  const io = createFakeIo({ now: () => nowMs });
  const progress = chooseProgress({}, io, say);
  for (; nowMs <= 11_000; nowMs += 100) progress.update(state(nowMs / 100));
  progress.end();
  assert.deepEqual(io.written.stderr.trim().split('\n'), [
    '50 of 1000 devices accepted, 50 processed, 0 failed',
    '100 of 1000 devices accepted, 100 processed, 0 failed',
    '110 of 1000 devices accepted, 110 processed, 0 failed',
  ]);
});

test('with --json and no terminal, progress is one event a line; with --quiet there is none', () => {
  const io = createFakeIo();
  const progress = chooseProgress({ json: true }, io, say);
  progress.update(state(10, 20, 1));
  progress.end();
  assert.deepEqual(JSON.parse(io.written.stderr), {
    event: 'progress',
    total: 1_000,
    accepted: 20,
    finished: 10,
    failed: 1,
  });
  const quiet = createFakeIo();
  chooseProgress({ quiet: true, progress: 'bar' }, quiet, say).update(state(1));
  assert.equal(quiet.written.stderr, '');
});
