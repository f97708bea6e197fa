import { glob, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CliError } from '../cli-error.ts';

/**
 * The files that names and patterns (`*`, `**`, `?`, `[...]`, `{a,b}`) stand for, in the order given and sorted
 * within a pattern; each once. A file that really has such a character in its name is taken as it is.
 */
export async function expandFiles(names: readonly string[], workingDirectory: string): Promise<string[]> {
  const files = new Set<string>();
  for (const name of names) {
    if (name === '-' || !/[*?[{]/.test(name) || (await exists(resolve(workingDirectory, name)))) {
      files.add(name);
      continue;
    }
    const matches: string[] = [];
    for await (const match of glob(name, { cwd: workingDirectory })) matches.push(match);
    if (matches.length === 0) throw new CliError('noMatch', { file: name });
    for (const match of matches.sort()) files.add(match);
  }
  return [...files];
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
