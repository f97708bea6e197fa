import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Config, MusterServer } from '../../server/src/boot/start-service.ts';

/**
 * `npm start` and `muster serve`: starts the service. With a new data directory, it also registers the sample devices
 * once. `command` is what the user typed, for the help page. Ends the process with status 2 for a setting that cannot be
 * used, and 1 for another error.
 */
export async function serve(args: readonly string[], command: string): Promise<void> {
  // Compiled code is cached next to the dependencies: later starts load in two thirds of the time.
  enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/muster', import.meta.url)));
  // A reader that goes away (`npm start | head`) does not end the service.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

  const { isHelpWanted, renderHelp } = await import('../../server/src/boot/help.ts');
  if (isHelpWanted(args)) {
    process.stdout.write(renderHelp(command));
    return;
  }
  const { readConfig, SettingError, startServer } = await import('../../server/src/boot/start-service.ts');
  const { runUntilStopped } = await import('../../server/src/boot/run-until-stopped.ts');
  try {
    const config = readConfig({ arguments: args });
    const server = await runUntilStopped((onFatal) => startServer(config, { onFatal }), config);
    await greet(server, config).catch(async (error: unknown) => {
      await server.close();
      throw error;
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(error instanceof SettingError ? 2 : 1);
  }
}

/** Registers the samples if the data directory is new, then prints where everything is. */
async function greet(server: MusterServer, config: Config): Promise<void> {
  const isDemo = server.isNew && config.databaseUrl === undefined && config.role === 'all';
  const { printStartupSummary } = await import('./startup-summary.ts');
  const { registerSamples } = await import('./register-samples.ts');
  const { logFileOf } = await import('../../server/src/boot/start-service.ts');
  const { dataDirectory } = config;
  const { credentials, url } = server;
  const trackingId =
    isDemo && credentials ? await registerSamples({ credentials, url, dataDirectory }) : undefined;
  // A new registry's first output, or somebody's terminal: never a log that is kept.
  const isShown = isDemo || (process.stdout.isTTY && config.databaseUrl === undefined);
  const consoleLink = isShown ? await server.newSignInLink() : undefined;
  const logFile = logFileOf(config);
  const hasConsole = config.console === 'on' && config.role !== 'worker';
  printStartupSummary({ server, dataDirectory, logFile, trackingId, hasConsole, consoleLink });
}
