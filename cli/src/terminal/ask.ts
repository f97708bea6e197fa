import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Question } from '../io.ts';

/** Asks on the terminal; the question goes to standard error, so that it is no data. Empty at the end of the input. */
export async function ask({ text, isHidden = false }: Question): Promise<string> {
  process.stderr.write(text);
  const output = isHidden ? new Writable({ write: (_chunk, _encoding, done) => done() }) : process.stderr;
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  const closed = new AbortController();
  lines.on('close', () => closed.abort());
  // readline takes Ctrl-C for itself on a terminal.
  lines.on('SIGINT', () => {
    process.kill(process.pid, 'SIGINT');
    lines.close();
  });
  try {
    return (await lines.question('', { signal: closed.signal })).trim();
  } catch {
    return '';
  } finally {
    lines.close();
    if (isHidden) process.stderr.write('\n');
  }
}
