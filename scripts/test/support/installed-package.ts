import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

/** A package as it is published. */
export interface PackedPackage {
  /** A folder for the test, removed after its file's tests. */
  readonly workspace: string;
  /** What was packed. */
  readonly built: string;
  readonly tarball: string;
  /** Paths in the tarball. */
  readonly files: readonly string[];
}

/** A published package and a program's folder that has it installed and nothing else. */
export interface InstalledPackage extends PackedPackage {
  readonly consumer: string;
}

/** Builds a package into a folder with `buildPackage` and packs it. */
export async function packPackage(
  buildPackage: (folder: string) => Promise<unknown>,
): Promise<PackedPackage> {
  const workspace = mkdtempSync(join(tmpdir(), 'muster-package-'));
  after(() => rmSync(workspace, { recursive: true, force: true }));
  const built = join(workspace, 'built');
  await buildPackage(built);
  const packed = JSON.parse(
    execFileSync('npm', ['pack', built, '--json', '--pack-destination', workspace], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ) as [{ filename: string; files: { path: string }[] }];
  const tarball = join(workspace, packed[0].filename);
  return { workspace, built, tarball, files: packed[0].files.map(({ path }) => path) };
}

/** Builds and packs a package that has no dependencies, and installs it without the network. */
export async function installPackage(
  buildPackage: (folder: string) => Promise<unknown>,
): Promise<InstalledPackage> {
  const packed = await packPackage(buildPackage);
  const { workspace, tarball } = packed;
  const consumer = join(workspace, 'consumer');
  mkdirSync(consumer);
  writeFileSync(join(consumer, 'package.json'), '{ "private": true, "type": "module" }');
  execFileSync('npm', ['install', tarball, '--offline', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: consumer,
    stdio: 'ignore',
  });
  return { ...packed, consumer };
}
