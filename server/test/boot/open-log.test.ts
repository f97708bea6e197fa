import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';

const logModule = new URL('../../src/boot/open-log.ts', import.meta.url).href;

/** The numbers of the lines that a process wrote which logs `count` lines and then ends by `end`. */
async function numbersLogged(count: number, end: string): Promise<unknown[]> {
  const script = `
    const { openLog } = await import(${JSON.stringify(logModule)});
    const log = openLog({ log: 'json', logLevel: 'info', dataDirectory: '.' });
    for (let number = 0; number < ${count}; number += 1) log.info({ number, filler: 'x'.repeat(100) }, 'line');
    ${end}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(child, 'close');
  const lines = Buffer.concat(chunks).toString('utf8').trimEnd().split('\n');
  return lines.map((line) => (JSON.parse(line) as { number: number }).number);
}

for (const [name, end, count] of [
  ['ends by itself', '', 3000],
  // As much as is gathered: what is being written at that moment nobody waits for.
  ['exits', 'process.exit(0);', 300],
] as const) {
  test(`a process that ${name} has written all of its ${count} log lines, in order`, async () => {
    const expected = Array.from({ length: count }, (_, number) => number);
    assert.deepEqual(await numbersLogged(count, end), expected);
  });
}
