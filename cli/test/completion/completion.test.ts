import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runMuster } from '../../src/run-muster.ts';
import { createFakeIo } from '../support/fake-io.ts';
import { createScratch } from '../support/scratch.ts';

async function script(shell: string): Promise<string> {
  const io = createFakeIo();
  assert.equal(await runMuster(['completion', shell], io), 0);
  return io.written.stdout;
}

/** What bash offers for a command line, its last word being completed. */
function complete(bash: string, ...words: string[]): string[] {
  const program = `${bash}
COMP_WORDS=(muster ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _muster; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', program], { encoding: 'utf8' }).trim().split('\n');
}

test('bash completes commands, second words, options and their choices', async () => {
  const bash = await script('bash');
  assert.deepEqual(complete(bash, 'sta'), ['status']);
  assert.deepEqual(complete(bash, 'devices', 'u'), ['upload']);
  assert.deepEqual(complete(bash, 'devices', 'upload', '--rep'), ['--report']);
  assert.deepEqual(complete(bash, 'devices', 'upload', '--rows', 'f'), ['failed']);
  assert.deepEqual(complete(bash, 'policies', 'create', '--setting', 'skip_e'), [
    'skip_express_settings',
    'skip_eula',
  ]);
});

test('the scripts of the other shells name every command, and a shell that is here can read its own', async (t) => {
  const directory = await createScratch(t);
  for (const shell of ['zsh', 'fish', 'powershell']) {
    const text = await script(shell);
    for (const word of ['devices', 'upload', 'status', 'policies', '--report', 'skip_eula']) {
      assert.ok(text.includes(word) || text.includes(word.slice(2)), `${shell} ${word}`);
    }
    const check = {
      zsh: ['zsh', '-n'],
      fish: ['fish', '--no-execute'],
      powershell: ['pwsh', '-NoProfile', '-File'],
    }[shell];
    const [program = '', ...args] = check ?? [];
    // From a file: fish cannot read a script from the socket that a pipe of Node is.
    const file = join(directory, 'completion.ps1');
    await writeFile(file, text);
    const { error, status, stderr } = spawnSync(program, [...args, file], { encoding: 'utf8' });
    if (!error) assert.equal(status, 0, stderr);
  }
});
