import type { MusterServer } from './start-service.ts';

/** A service that does not stop within this time is left. */
const stopMsMax = 30_000;

/** One Ctrl-C comes twice under npm: from the terminal, and handed on by npm. */
const sameSignalMs = 500;

/**
 * Starts a service and stops it cleanly at SIGTERM or SIGINT; another signal later ends the process at once. Exit status 0
 * after a clean stop, 1 when something the service stands on died. Resolves when the service is up.
 */
export async function runUntilStopped(
  start: (onFatal: (reason: string) => void) => Promise<MusterServer>,
): Promise<MusterServer> {
  const starting = Promise.withResolvers<MusterServer | undefined>();
  let stopping = false;
  let stoppingSince = 0;

  async function stop(exitCode: number): Promise<void> {
    if (stopping && performance.now() - stoppingSince < sameSignalMs) return;
    if (stopping) process.exit(130);
    stopping = true;
    stoppingSince = performance.now();
    setTimeout(() => process.exit(1), stopMsMax).unref();
    try {
      // What is half started is started to its end first: its PostgreSQL would outlive us.
      await (await starting.promise)?.close();
      process.exit(exitCode);
    } catch (error) {
      process.stderr.write(`Stopping failed: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    }
  }

  function fail(reason: string): void {
    process.stderr.write(`${reason}\n`);
    void stop(1);
  }

  process.on('SIGTERM', () => void stop(0));
  process.on('SIGINT', () => void stop(0));
  try {
    const server = await start(fail);
    starting.resolve(server);
    // Stopped meanwhile: the process ends, and nobody is to use what is closing.
    if (stopping) await new Promise(() => {});
    return server;
  } catch (error) {
    starting.resolve(undefined);
    throw error;
  }
}
