import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { hasTerminal } from '../acceptance/run-program.ts';

const main = join(import.meta.dirname, '../../src/main.ts');
const skip = hasTerminal ? false : 'no program here that gives another one a terminal';

test('Ctrl-C ends the wait for a list on standard input, with exit code 130', { skip }, async () => {
  const program = `'${process.execPath}' '${main}' devices upload - --batch May --locale en-US`;
  const child = spawn('script', ['-qefc', program, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] });
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const wasWaiting = told.includes('standard input');
    told += text;
    if (!wasWaiting && told.includes('standard input')) child.stdin.write('\u0003');
  });
  const [exitCode] = (await once(child, 'close')) as [number];
  assert.equal(exitCode, 130, told);
  assert.match(told, /muster: Interrupted\./);
});
