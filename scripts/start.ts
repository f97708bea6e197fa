import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Config, MusterServer } from '../server/src/boot/start-service.ts';

// Compiled code is kept beside the dependencies: a later start loads in two thirds of the time.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/muster', import.meta.url)));

// `npm start`: the service, and on a new data directory the main job once, on the sample devices.
const { readConfig, SettingError, startServer } = await import('../server/src/boot/start-service.ts');
const { runUntilStopped } = await import('../server/src/boot/run-until-stopped.ts');
// A reader that goes away (`npm start | head`) does not end the service.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const { isHelpWanted, renderHelp } = await import('../server/src/boot/help.ts');
if (isHelpWanted(process.argv)) {
  process.stdout.write(renderHelp('npm start --'));
  process.exit(0);
}

try {
  const config = withQuietTerminal(readConfig({ arguments: process.argv.slice(2) }));
  const server = await runUntilStopped((onFatal) => startServer(config, { onFatal }));
  await greet(server, config).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(error instanceof SettingError ? 2 : 1);
}

/** On a new data directory, registers the samples; then prints where everything is. */
async function greet(server: MusterServer, config: Config): Promise<void> {
  const isDemo = server.isNew && config.databaseUrl === undefined && config.role === 'all';
  const { printStartupSummary } = await import('./print-startup-summary.ts');
  const { registerSamples } = await import('./register-samples.ts');
  const { dataDirectory } = config;
  const { credentials, url } = server;
  const trackingId =
    isDemo && credentials ? await registerSamples({ credentials, url, dataDirectory }) : undefined;
  printStartupSummary({ server, dataDirectory, trackingId });
}

/** A person at a terminal wants the story, not a line of JSON a request; whoever sets a level gets it. */
function withQuietTerminal<C extends { readonly logLevel: string }>(config: C): C {
  const isChosen = process.env.MUSTER_LOG_LEVEL !== undefined;
  return process.stdout.isTTY && !isChosen ? { ...config, logLevel: 'warn' } : config;
}
