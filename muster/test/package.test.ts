import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { packPackage } from '../../scripts/test/support/installed-package.ts';
import { readSpecifiers } from '../../scripts/check-imports.ts';
import { buildPackage } from '../scripts/build-package.ts';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const { workspace, built, tarball } = await packPackage(buildPackage);
const { name, dependencies, optionalDependencies } = JSON.parse(
  readFileSync(join(built, 'package.json'), 'utf8'),
) as Record<'name' | 'dependencies' | 'optionalDependencies', Record<string, string>>;
const declared = Object.keys({ ...dependencies, ...optionalDependencies });

/** A folder with the package and what it declares, and nothing else. The registry is not asked: CI may be offline. */
const consumer = installFromTarball();

function installFromTarball(): string {
  const folder = join(workspace, 'empty folder');
  const own = join(folder, 'node_modules', String(name));
  mkdirSync(own, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', own, '--strip-components=1']);
  for (const dependency of declared.filter((one) => existsSync(join(modules, one)))) {
    const link = join(folder, 'node_modules', dependency);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(modules, dependency), link, 'junction');
  }
  execFileSync('npm', ['rebuild', '--ignore-scripts', '--silent'], { cwd: folder });
  return folder;
}

function muster(...words: string[]) {
  const environment = { PATH: process.env['PATH'], HOME: workspace, LC_ALL: 'C' };
  return { command: ['--no', '--', 'muster', ...words], options: { cwd: consumer, env: environment } };
}

test('every import and every file of the package is there or declared', () => {
  const files = globSync('**/*.js', { cwd: built }).filter((file) => !file.endsWith('reference/page.js'));
  assert.ok(files.length > 300);
  for (const file of files) {
    const source = readFileSync(join(built, file), 'utf8');
    const named = [...source.matchAll(/new URL\("(\.[^"]*)", import\.meta\.url\)/g)].map(
      ([, path]) => path ?? '',
    );
    for (const path of [
      ...readSpecifiers(file, source),
      ...named.filter((path) => !path.includes('node_modules')),
    ]) {
      if (path.startsWith('.')) assert.ok(existsSync(join(built, dirname(file), path)), `${file}: ${path}`);
      else if (!path.startsWith('node:'))
        assert.ok(
          declared.some((one) => path === one || path.startsWith(`${one}/`)),
          `${file}: ${path}`,
        );
    }
  }
});

test('in an empty folder, the packed package starts the service, and its command line uses it', async () => {
  const { command, options } = muster('serve', '--port', '0');
  // A process group of its own: npx starts a shell, which starts the service.
  const service = spawn('npx', command, { ...options, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(service, 'close');
  const stop = () => process.kill(-(service.pid ?? 0), 'SIGTERM');
  after(() => service.exitCode ?? service.signalCode ?? stop());
  let output = '';
  for await (const chunk of service.stdout.iterator({ destroyOnReturn: false })) {
    output += String(chunk);
    if (output.includes('Stop with Ctrl-C.')) break;
  }
  assert.match(output, /^9 +10 +PF4M8W2R .* ZtdDeviceAssignedToOtherTenant +808/m);
  const url = /API: (http\S+)\/v1/.exec(output)?.[1] ?? '';
  for (const path of ['/health/ready', '/reference', '/reference/page.js', '/openapi.json'])
    assert.equal((await fetch(url + path)).status, 200, path);

  const list = muster('batches', 'list', '--json', '--credentials', '.muster/credentials.json');
  const { stdout, stderr } = spawnSync('npx', list.command, { ...list.options, encoding: 'utf8' });
  assert.match(stdout, /"id":"Muster samples"/, stderr);
  service.stdout.resume();
  stop();
  await ended;
  assert.ok(!existsSync(join(consumer, '.muster/postgres/postmaster.pid')), 'PostgreSQL was stopped');
});

function help(...words: string[]): string {
  const { command, options } = muster(...words);
  return spawnSync('npx', command, { ...options, encoding: 'utf8' }).stdout;
}

test('help names the command that starts the service, and its options', () => {
  assert.match(help('--help'), /To start the service, run: muster serve\./);
  assert.match(help('serve', '--help'), /Usage: muster serve \[OPTIONS\]/);
});
