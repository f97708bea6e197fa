import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { newCustomerId, startTestMuster } from '../../../server/test/support/muster.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const program = fileURLToPath(new URL('generated-client', import.meta.url));

const compilerOptions = {
  target: 'es2024',
  lib: ['es2024', 'dom'],
  module: 'nodenext',
  strict: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  types: [],
};

/** What `generated-client/main.ts` exports. */
interface Program {
  registerDevices(service: object): Promise<{ location: string; job: { batchTrackingId: string } }>;
}

/** The program, beside the types that openapi-typescript makes of the served document. */
async function generateClient(t: TestContext, url: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'muster-generated-'));
  t.after(() => rm(directory, { recursive: true, force: true }));
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as OpenAPI3;
  await cp(program, directory, { recursive: true });
  await writeFile(join(directory, 'paths.ts'), astToString(await openapiTypescript(document)));
  await writeFile(join(directory, 'package.json'), JSON.stringify({ type: 'module' }));
  await writeFile(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  await symlink(join(repository, 'node_modules'), join(directory, 'node_modules'));
  return directory;
}

test('a client that openapi-typescript and openapi-fetch make of the served document compiles and works', async (t) => {
  const muster = await startTestMuster();
  const directory = await generateClient(t, muster.url);
  execFileSync(join(repository, 'node_modules/.bin/tsc'), ['-p', directory], { stdio: 'inherit' });

  const { registerDevices } = (await import(join(directory, 'main.ts'))) as Program;
  const customerId = newCustomerId();
  const done = await registerDevices({ url: muster.url, ...muster.credentials, customerId });

  assert.equal(done.location, `/customers/${customerId}/batchJobStatus/${done.job.batchTrackingId}`);
  assert.partialDeepStrictEqual(done, {
    job: { status: 'finished', progress: { total: 2, processed: 2, succeeded: 2, failed: 0 } },
    updated: { serialNumber: 'G1', policies: [] },
    listed: { totalCount: 2, items: [{ serialNumber: 'G1' }, { serialNumber: 'G2' }] },
    fault: { code: '409' },
  });
});
