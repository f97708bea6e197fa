import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';

const processIo = join(import.meta.dirname, '../../src/terminal/process-io.ts');

test('an output whose reader went away takes what comes, holds up nothing, and says so', async () => {
  const script = `
    const { createOutput } = await import(${JSON.stringify(processIo)});
    const output = createOutput(process.stdout);
    for (let count = 0; count < 200; count += 1) await output.write('x'.repeat(100_000));
    process.stderr.write(String(output.isClosed));
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const [said, [exitCode]] = await Promise.all([
    child.stderr.setEncoding('utf8').toArray(),
    once(child, 'exit') as Promise<[number]>,
  ]);
  assert.equal(exitCode, 0);
  assert.equal(said.join(''), 'true');
});
