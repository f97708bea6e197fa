import { mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pino, type Logger } from 'pino';
import type { Config } from './config.ts';

/**
 * Lines are written together: one write per request took a sixth of the time of a status read. They are collected here
 * because the destination measures everything it has collected again for each line (bench/notes/finished-status.md).
 */
const collectedLength = 65_536;

/** The longest time that a line waits. Remaining lines are written when the process ends. */
const flushEveryMs = 250;

/** A log file that is larger than this at a start, in bytes, is kept as `muster.log.1`, and a new one is begun. */
const logFileBytes = 16 * 1024 * 1024;

/** The file in the data directory that holds the log, or undefined when the log goes to standard output. */
export function logFileOf(config: Pick<Config, 'log' | 'dataDirectory'>): string | undefined {
  const isFile = config.log === 'file' || (config.log === 'auto' && process.stdout.isTTY);
  return isFile ? join(config.dataDirectory, 'muster.log') : undefined;
}

function prepareLogFile(file: string): string {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > logFileBytes) renameSync(file, `${file}.1`);
  return file;
}

/** Opens the service's log: JSON lines on standard output or in a file that only its user can read. */
export function openLog(config: Pick<Config, 'log' | 'logLevel' | 'dataDirectory'>): Logger {
  const file = logFileOf(config);
  const destination = pino.destination({
    ...(file === undefined ? { dest: 1 } : { dest: prepareLogFile(file), mode: 0o600 }),
    sync: false,
    minLength: collectedLength,
    maxWrite: 2 * collectedLength,
  });
  // A reader or terminal that has gone away must not end the service.
  destination.on('error', () => {});
  let collected = '';
  const handOver = (): void => {
    if (collected !== '') destination.write(collected);
    collected = '';
  };
  const write = (line: string): void => {
    collected += line;
    if (collected.length >= collectedLength) handOver();
  };
  setInterval(() => {
    handOver();
    destination.flush();
  }, flushEveryMs).unref();
  // Before the destination's own listeners, which write what it has.
  process.prependListener('beforeExit', handOver);
  process.prependListener('exit', handOver);
  return pino({ level: config.logLevel }, { write });
}
