import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** What a program printed and how it ended. On a terminal both streams are one: `terminal`. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly terminal: string;
}

interface Program {
  readonly words: readonly string[];
  readonly isTerminal: boolean;
}

/** Whether `script` of util-linux is here, which gives a program a terminal. */
export const hasTerminal =
  process.platform === 'linux' &&
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux');

/** Runs the built program in a folder, as a user there would, with nothing of this process's surroundings. */
export async function runProgram(
  file: string,
  { words, isTerminal }: Program,
  directory: string,
): Promise<Outcome> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: directory,
    LANG: 'C.UTF-8',
    TERM: 'xterm',
    XDG_CONFIG_HOME: join(directory, 'config'),
    XDG_STATE_HOME: join(directory, 'state'),
    MUSTER_CREDENTIALS: join(directory, 'credentials.json'),
  };
  const command = [process.execPath, file, ...words];
  const [program = '', ...args] = isTerminal
    ? ['script', '-qefc', `stty cols 140; ${command.map((word) => `'${word}'`).join(' ')}`, '/dev/null']
    : command;
  const child = spawn(program, args, { cwd: directory, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, exitCode] = await Promise.all([
    child.stdout.setEncoding('utf8').toArray(),
    child.stderr.setEncoding('utf8').toArray(),
    new Promise<number>((resolve) => void child.on('exit', (code) => resolve(code ?? -1))),
  ]);
  const [out, talk] = [stdout.join(''), stderr.join('')];
  return isTerminal
    ? { exitCode, stdout: '', stderr: '', terminal: stripVTControlCharacters(out) }
    : { exitCode, stdout: out, stderr: talk, terminal: '' };
}
