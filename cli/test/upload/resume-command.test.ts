import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { readEnvironment } from '../../src/environment.ts';
import { resumeCommand } from '../../src/upload/resume-command.ts';

test('a shell reads the command as it was typed, whatever stands in it', () => {
  const word = fc
    .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 })
    .filter((text) => !text.startsWith('--client'));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
      const command = resumeCommand(words, 'linux').replace(/^muster/, "printf '%s\\0'");
      const read = execFileSync('/bin/sh', ['-c', command], { encoding: 'utf8' }).split('\0').slice(0, -1);
      assert.deepEqual(read, words);
    }),
    { numRuns: 30 },
  );
});

test('a secret is never printed', () => {
  for (const words of [
    ['a', '--client-secret', 'hunter2'],
    ['a', '--client-secret=hunter2'],
  ]) {
    assert.ok(!resumeCommand(words).includes('hunter2'));
  }
});

function started(npmCommand: string | undefined, file: string): string | undefined {
  return readEnvironment({ npm_command: npmCommand }, 'linux', file).program;
}

test('the command begins with what started the program', () => {
  assert.equal(started('exec', '/work/node_modules/.bin/muster'), 'npx --no muster');
  assert.equal(started(undefined, '/usr/local/bin/muster'), 'muster');
  assert.equal(started(undefined, '/work/cli/bin/muster.js'), 'node /work/cli/bin/muster.js');
  assert.equal(started(undefined, '/my work/muster.js'), 'node "/my work/muster.js"');
  assert.match(resumeCommand(['status'], 'linux', 'npx --no muster'), /^npx --no muster status$/);
});
