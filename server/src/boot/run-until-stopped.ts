import type { MusterServer } from './start-service.ts';

/** The additional time after MUSTER_STOP_SECONDS before the process exits in any case. */
const stopToleranceMs = 30_000;

/** Under npm, one Ctrl-C arrives twice: from the terminal, and from npm. */
const sameSignalMs = 500;

/**
 * Starts a service and stops it at SIGTERM, SIGINT, or SIGHUP (the terminal was closed). A second SIGINT ends the process
 * immediately. Exit status: 0 if everything was finished; 1, with a line on standard error, if something was aborted or
 * PostgreSQL cannot be restarted. Resolves when the service is running.
 */
export async function runUntilStopped(
  start: (onFatal: (reason: string) => void) => Promise<MusterServer>,
  { stopSeconds }: { readonly stopSeconds: number },
): Promise<MusterServer> {
  const starting = Promise.withResolvers<MusterServer | undefined>();
  let stoppingSince: number | undefined;
  // A closed terminal or pipe does not end the service before it has stopped PostgreSQL.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

  async function stop(exitCode: number): Promise<void> {
    if (stoppingSince !== undefined) return;
    stoppingSince = performance.now();
    setTimeout(() => process.exit(1), stopSeconds * 1000 + stopToleranceMs).unref();
    try {
      // Let the start finish first. Otherwise its PostgreSQL would keep running.
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
    // The service is already stopping: the process will exit, and nothing may use the parts that are being closed.
    if (stoppingSince !== undefined) await new Promise(() => {});
    return server;
  } catch (error) {
    starting.resolve(undefined);
    throw error;
  }
}
