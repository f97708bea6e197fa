import { once } from 'node:events';
import type { WriteStream } from 'node:tty';
import { readEnvironment } from '../environment.ts';
import type { Io, Output } from '../io.ts';
import { listenForInterruption } from './interruption.ts';

/** The streams, the surroundings and the signals of this process. */
export function createProcessIo(): Io {
  const interruption = listenForInterruption();
  // Whoever waits for input waits no longer.
  interruption.signal.addEventListener('abort', () => process.stdin.destroy());
  return {
    stdin: { isTTY: process.stdin.isTTY ?? false, bytes: process.stdin },
    stdout: createOutput(process.stdout),
    stderr: createOutput(process.stderr),
    environment: readEnvironment(),
    workingDirectory: process.cwd(),
    interruption: interruption.signal,
    fetch: globalThis.fetch,
    now: () => performance.now(),
    ask: async (question) => (await import('./ask.ts')).ask(question, interruption),
  };
}

/**
 * A reader that went away, as `| head` does, wants no more: that is no error. What is under way goes on without it: an
 * upload is there for its devices, not for its lines.
 */
export function createOutput(stream: WriteStream | NodeJS.WriteStream): Output {
  const closed = Promise.withResolvers<void>();
  let isClosed = false;
  stream.on('error', (fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'EPIPE') return;
    isClosed = true;
    closed.resolve();
  });
  return {
    isTTY: stream.isTTY ?? false,
    get columns() {
      return stream.columns ?? 80;
    },
    get isClosed() {
      return isClosed;
    },
    async write(text) {
      if (isClosed || stream.write(text)) return;
      const drained = once(stream, 'drain').catch((fault: unknown) => {
        if (!isClosed) throw fault;
      });
      await Promise.race([drained, closed.promise]);
    },
  };
}
