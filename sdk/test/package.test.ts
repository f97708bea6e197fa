import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describeApi } from '../scripts/describe-api.ts';
import { installPackage } from '../../scripts/test/support/installed-package.ts';
import { buildPackage } from '../scripts/build-package.ts';
import { azureIdentity, readRecipes, recipeSurroundings } from './support/recipes.ts';
import { startScriptedServer } from './support/scripted-server.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, '../node_modules/.bin');
const { workspace, built, tarball, files, consumer } = await installPackage(buildPackage);

/** Runs a tool; what it prints is in the error when it fails. */
function run(tool: string, args: readonly string[], cwd = workspace): string {
  try {
    return execFileSync(join(bin, tool), args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${tool} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

test('the tarball holds the module, a declaration for each source, and the documents, and nothing else', () => {
  const declarations = globSync('**/*.ts', { cwd: join(root, 'src') }).map((file) =>
    file.replace(/\.ts$/, '.d.ts'),
  );
  const expected = ['API.md', 'LICENSE', 'README.md', 'index.js', 'package.json', ...declarations];
  assert.deepEqual([...files].sort(), expected.sort());
});

test('the module imports nothing and the package depends on nothing', () => {
  const text = readFileSync(join(built, 'index.js'), 'utf8');
  assert.doesNotMatch(text, /^\s*import\b|\bimport\(|\brequire\(|\bprocess\.|\bBuffer\b/m);
  const described = JSON.parse(readFileSync(join(built, 'package.json'), 'utf8')) as Record<string, unknown>;
  assert.equal(described.dependencies, undefined);
  assert.equal(described.devDependencies, undefined);
});

test('publint finds nothing to say', () => {
  run('publint', ['run', '--strict', '--pack', 'false', built]);
});

test('its types resolve as its module does, for everything that can load an ES module', () => {
  run('attw', [tarball, '--profile', 'esm-only', '--no-emoji', '--format', 'ascii']);
});

test('installed alone, it runs', async (t) => {
  const trackingId = '8e4c622d-715a-464f-ab0c-cf203100edc4';
  const location = `/customers/c/batchJobStatus/${trackingId}`;
  const { url, requests } = await startScriptedServer(t, [
    { status: 200, body: { access_token: 'token', expires_in: 3600 } },
    { status: 202, headers: { Location: location } },
    {
      status: 200,
      body: { batchTrackingId: trackingId, status: 'finished', devicesStatus: [{ status: 'finished' }] },
    },
  ]);
  const program = `
    import { clientSecretCredential, connectPartner } from '@muster/sdk';
    const identity = { authority: '${url}', tenantId: 't', clientId: 'i', clientSecret: 's' };
    const { customers } = connectPartner({ baseUrl: '${url}/', credentials: clientSecretCredential(identity) });
    const upload = customers.byId('c').deviceBatches.upload([{ serialNumber: '1' }], { batchId: 'b' });
    console.log(JSON.stringify(await upload.finish()));
  `;
  writeFileSync(join(consumer, 'program.js'), program);
  // Not execFileSync: the server answers in this process.
  const { stdout } = await promisify(execFile)(process.execPath, ['program.js'], { cwd: consumer });
  assert.equal((JSON.parse(stdout) as { succeeded: number }).succeeded, 1);
  assert.equal(requests.length, 3);
});

test('every recipe of the README compiles against the installed package', () => {
  writeFileSync(join(consumer, 'surroundings.d.ts'), recipeSurroundings);
  writeFileSync(join(consumer, 'azure-identity.d.ts'), azureIdentity);
  const recipes = readRecipes(readFileSync(join(root, 'README.md'), 'utf8'));
  assert.ok(recipes.length > 10);
  for (const [place, recipe] of recipes.entries())
    writeFileSync(join(consumer, `recipe-${place + 1}.ts`), recipe);
  const required = `import sdk = require('@muster/sdk');\nexport const connect: typeof sdk.connectPartner = sdk.connectPartner;\n`;
  writeFileSync(join(consumer, 'required.cts'), required);
  const compilerOptions = {
    target: 'es2024',
    lib: ['es2024', 'dom', 'dom.iterable', 'dom.asynciterable'],
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    typeRoots: [join(root, '../node_modules/@types')],
    types: ['node'],
    skipLibCheck: false,
  };
  writeFileSync(
    join(consumer, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, include: ['*.ts', '*.cts'] }),
  );
  run('tsc', ['-p', consumer], consumer);
});

test('the API reference is that of the sources (else run: node sdk/scripts/generate-api.ts)', () => {
  const described = describeApi(built);
  assert.equal(readFileSync(join(root, 'API.md'), 'utf8'), described);
  // Nothing that can be imported is left out.
  const text = readFileSync(join(built, 'index.js'), 'utf8');
  const names = /export \{([^}]*)\};\s*$/.exec(text)?.[1]?.match(/\w+/g) ?? [];
  assert.ok(names.length > 20);
  for (const name of names) assert.ok(described.includes(`\n## ${name}\n`), `${name} is not described`);
});
