import { pino, type Logger } from 'pino';

/**
 * Lines are written together: one write a request was a sixth of the time of a status read. They are gathered here, because
 * the destination measures all it has gathered again for each line (docs/decisions/0006-finished-status.md).
 */
const gatheredLength = 65_536;

/** No line waits longer than this. What is left when the process ends is written then. */
const flushEveryMs = 250;

/** The service's log: JSON lines on standard output. */
export function openLog(level: string): Logger {
  const destination = pino.destination({
    dest: 1,
    sync: false,
    minLength: gatheredLength,
    maxWrite: 2 * gatheredLength,
  });
  let gathered = '';
  const handOver = (): void => {
    if (gathered !== '') destination.write(gathered);
    gathered = '';
  };
  const write = (line: string): void => {
    gathered += line;
    if (gathered.length >= gatheredLength) handOver();
  };
  setInterval(() => {
    handOver();
    destination.flush();
  }, flushEveryMs).unref();
  // Before the destination's own listeners, which write what it has.
  process.prependListener('beforeExit', handOver);
  process.prependListener('exit', handOver);
  return pino({ level }, { write });
}
