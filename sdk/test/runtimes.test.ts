import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { newCustomerId, startTestMuster } from '../../server/test/support/muster.ts';
import { startTlsFront } from '../../server/test/support/tls-front.ts';
import type * as Sdk from '../src/index.ts';
import { installPackage } from '../../scripts/test/support/installed-package.ts';
import { buildPackage } from '../scripts/build-package.ts';
import { mainFlow, mainFlowResult } from './support/main-flow.ts';

const { consumer } = await installPackage(buildPackage);
const muster = await startTestMuster();
const untrusted = await startTlsFront();

/** Where a program is: where its variable says, or on the PATH. */
function findProgram(name: string, variable: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const places = [process.env[variable] ?? '', ...folders.map((folder) => join(folder, name))];
  return places.find((place) => existsSync(place));
}

/** The Node 20 on the PATH, which npm puts the repository's own Node before, or the one that its variable names. */
function findNode20(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'node'));
  return [process.env['NODE20_PATH'] ?? '', ...folders].find(
    (place) =>
      existsSync(place) && execFileSync(place, ['--version'], { encoding: 'utf8' }).startsWith('v20.'),
  );
}

const runtimes = [
  { name: 'Node', program: process.execPath, words: [], variable: '' },
  { name: 'Node 20', program: findNode20(), words: [], variable: 'NODE20_PATH' },
  { name: 'Bun', program: findProgram('bun', 'BUN_PATH'), words: ['run'], variable: 'BUN_PATH' },
  {
    name: 'Deno',
    program: findProgram('deno', 'DENO_PATH'),
    // The network is all that the SDK needs to be allowed.
    words: ['run', '--node-modules-dir=manual', '--no-remote', '--no-prompt', '--allow-net'],
    variable: 'DENO_PATH',
  },
];

/** What a host with a certificate that nobody trusts is told as, on the first try. */
async function visitUntrusted(sdk: typeof Sdk, url: string): Promise<string> {
  const credentials = { getToken: () => Promise.resolve({ token: 't', expiresOnTimestamp: Infinity }) };
  const partner = sdk.connectPartner({ baseUrl: url, credentials });
  return partner.customers
    .byId('c7f3c849-129f-4b85-a96d-4f8e88b315a3')
    .get()
    .then(
      () => 'no error',
      (error: unknown) => (error instanceof Error ? error.name : 'no error'),
    );
}

for (const { name, program, words, variable } of runtimes) {
  const skip = program === undefined && `there is no ${name} here; ${variable} names one`;
  test(`on ${name}, the installed package uploads, waits, lists and reads refusals`, { skip }, async () => {
    const file = join(consumer, `${name}.js`);
    const surroundings = { ...muster.credentials, url: muster.url, customerId: newCustomerId() };
    await writeFile(
      file,
      `import * as sdk from '@muster/sdk';
      const results = [
        await (${mainFlow.toString()})(sdk, ${JSON.stringify(surroundings)}),
        await (${visitUntrusted.toString()})(sdk, ${JSON.stringify(untrusted.url)}),
      ];
      console.log(JSON.stringify(results));`,
    );
    const { stdout } = await promisify(execFile)(program ?? '', [...words, file], {
      cwd: consumer,
      env: { PATH: process.env['PATH'], HOME: consumer, DENO_DIR: consumer, DENO_NO_UPDATE_CHECK: '1' },
    });
    assert.deepEqual(JSON.parse(stdout), [mainFlowResult, 'CertificateError']);
  });
}

for (const { name, program } of runtimes.filter(({ name }) => name.startsWith('Node'))) {
  const skip = program === undefined && `there is no ${name} here; NODE20_PATH names one`;
  test(`on ${name}, a CommonJS module can require the installed package`, { skip }, async () => {
    const file = join(consumer, `${name}.cjs`);
    const surroundings = { ...muster.credentials, url: muster.url, customerId: newCustomerId() };
    await writeFile(
      file,
      `const sdk = require('@muster/sdk');
      (${mainFlow.toString()})(sdk, ${JSON.stringify(surroundings)}).then((result) => console.log(JSON.stringify(result)));`,
    );
    const { stdout } = await promisify(execFile)(program ?? '', [file], { cwd: consumer });
    assert.deepEqual(JSON.parse(stdout), mainFlowResult);
  });
}
