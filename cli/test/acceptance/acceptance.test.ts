import assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { encodeHardwareHash } from '@muster/contract/testing/encode-hardware-hash';
import { startTestMuster } from '../../../server/test/support/muster.ts';
import { buildPackage } from '../../scripts/build-package.ts';
import { createScratch } from '../support/scratch.ts';
import { parseScript, type Step } from './parse-script.ts';
import { hasTerminal, runProgram, type Outcome } from './run-program.ts';

// The scripts run the built program in processes of their own, against a real service.
const built = mkdtempSync(join(tmpdir(), 'muster-cli-built-'));
after(() => rm(built, { recursive: true, force: true }));
await buildPackage(built);
const muster = await startTestMuster();
const scripts = join(import.meta.dirname, 'scripts');

for (const name of (await readdir(scripts)).sort()) {
  const steps = parseScript(await readFile(join(scripts, name), 'utf8'));
  test(`acceptance script ${name}`, async (t) => {
    const series = randomUUID().slice(0, 6);
    const directory = await createScratch(t, {
      'credentials.json': JSON.stringify({ ...muster.credentials, customerId: randomUUID() }),
      'devices.csv': `Device Serial Number,Windows Product ID,Hardware Hash\r\nS-1,,${hashOf('S-1', series)}\r\nS-2,,${hashOf('S-2', series)}\r\nS-3,,DummyHash123\r\n`,
      'prose.txt': 'Dear colleagues,\nplease find attached\n',
      'empty.csv': '',
      'binary.bin': Buffer.from([0, 1, 2, 3, 4, 5, 255, 254, 7, 0, 0]),
      'wide.csv': 'Device Serial Number,Windows Product ID,Hardware Hash\n1,,x,Dell, Inc.\n',
      'long.csv': 'x'.repeat(5_000_000),
    });
    const kept = new Map<string, string>();
    for (const step of steps) {
      if (step.isTerminal && !hasTerminal) continue;
      const outcome = await runProgram(
        join(built, 'lib/muster.js'),
        { ...step, words: step.words.map((word) => fill(word, kept)) },
        directory,
      );
      checkStep(step, outcome, kept);
    }
  });
}

/** The hash of an invented machine; of another one in each series. */
function hashOf(serialNumber: string, series: string): string {
  return encodeHardwareHash({ serialNumber, manufacturer: 'Contoso', model: `Laptop ${series}` });
}

function fill(text: string, kept: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$([A-Z]+)/g, (whole, name: string) => kept.get(name) ?? whole);
}

function checkStep(step: Step, outcome: Outcome, kept: Map<string, string>): void {
  const told = `${step.line}\n${JSON.stringify(outcome, null, 2)}`;
  assert.equal(outcome.exitCode, step.exitCode, told);
  for (const { stream, pattern } of step.expected) {
    const [, source = '', flags = ''] = /^\/(.*)\/([a-z]*)$/.exec(pattern) ?? [];
    assert.match(outcome[stream], new RegExp(fill(source, kept), flags), told);
  }
  for (const { name, stream, pattern } of step.kept) {
    const [, source = '', flags = ''] = /^\/(.*)\/([a-z]*)$/.exec(pattern) ?? [];
    const value = new RegExp(source, flags).exec(outcome[stream])?.[1];
    assert.ok(value !== undefined, `nothing to keep as ${name}: ${told}`);
    kept.set(name, value);
  }
  assert.doesNotMatch(outcome.stderr + outcome.terminal, /^ {4}at /m, told);
}
