import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Question } from '../io.ts';
import type { Interruption } from './interruption.ts';

/**
 * Asks on the terminal; the question goes to standard error, so that it is no data. Empty at the end of the input.
 * Throws the reason of the interruption, at Ctrl-C too.
 */
export async function ask({ text, isHidden = false }: Question, interruption: Interruption): Promise<string> {
  const output = isHidden ? new Writable({ write: (_chunk, _encoding, done) => done() }) : process.stderr;
  // From here on the terminal shows nothing by itself: only then may the question be seen.
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  const closed = new AbortController();
  lines.on('close', () => closed.abort());
  // readline takes Ctrl-C for itself on a terminal.
  lines.on('SIGINT', () => interruption.interrupt('SIGINT'));
  const signal = AbortSignal.any([closed.signal, interruption.signal]);
  try {
    if (isHidden) process.stderr.write(text);
    return (await lines.question(isHidden ? '' : text, { signal })).trim();
  } catch (fault) {
    interruption.signal.throwIfAborted();
    if (!closed.signal.aborted) throw fault;
    return '';
  } finally {
    const isCut = signal.aborted;
    lines.close();
    if (isHidden || isCut) process.stderr.write('\n');
  }
}
