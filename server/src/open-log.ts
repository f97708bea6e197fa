import { pino, type Logger } from 'pino';

/** Lines are written together: one write a request was a sixth of the time of a status read. */
const bufferedBytes = 8192;

/** No line waits longer than this. What is left when the process ends, pino writes then. */
const flushEveryMs = 250;

/** The service's log: JSON lines on standard output. */
export function openLog(level: string): Logger {
  const destination = pino.destination({ dest: 1, sync: false, minLength: bufferedBytes });
  setInterval(() => destination.flush(), flushEveryMs).unref();
  return pino({ level }, destination);
}
