import type { MusterServer } from './start-service.ts';

/** The service stops within MUSTER_STOP_SECONDS and a little more. This is how much more before it is left as it is. */
const stopToleranceMs = 30_000;

/** One Ctrl-C arrives twice under npm: from the terminal, and passed on by npm. */
const sameSignalMs = 500;

/**
 * Starts a service and stops it at SIGTERM, SIGINT, or SIGHUP (the terminal was closed). A second SIGINT ends the process
 * at once. Exit status: 0 when all was finished; 1 when something was cut off, or when PostgreSQL cannot be started
 * again, with a line on standard error that says what. Resolves when the service is up.
 */
export async function runUntilStopped(
  start: (onFatal: (reason: string) => void) => Promise<MusterServer>,
  { stopSeconds }: { readonly stopSeconds: number },
): Promise<MusterServer> {
  const starting = Promise.withResolvers<MusterServer | undefined>();
  let stoppingSince: number | undefined;
  // A terminal or reader that has gone away does not end the service before it has stopped PostgreSQL.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

  async function stop(exitCode: number): Promise<void> {
    if (stoppingSince !== undefined) return;
    stoppingSince = performance.now();
    setTimeout(() => process.exit(1), stopSeconds * 1000 + stopToleranceMs).unref();
    try {
      // A half-finished start is first finished: its PostgreSQL would outlive us.
      await (await starting.promise)?.close();
      process.exit(exitCode);
    } catch (error) {
      process.stderr.write(
        `Stopped, but not everything was finished: ${error instanceof Error ? error.message : String(error)}\n`,
      );
      process.exit(1);
    }
  }

  function interrupt(): void {
    if (stoppingSince !== undefined && performance.now() - stoppingSince > sameSignalMs) process.exit(130);
    void stop(0);
  }

  function fail(reason: string): void {
    process.stderr.write(`${reason}\n`);
    void stop(1);
  }

  process.on('SIGINT', interrupt);
  process.on('SIGTERM', () => void stop(0));
  process.on('SIGHUP', () => void stop(0));
  try {
    const server = await start(fail);
    starting.resolve(server);
    // Stopped meanwhile: the process ends, and nobody may use what is being closed.
    if (stoppingSince !== undefined) await new Promise(() => {});
    return server;
  } catch (error) {
    starting.resolve(undefined);
    throw error;
  }
}
