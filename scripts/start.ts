import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Compiled code is kept beside the dependencies: a later start loads in two thirds of the time.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/muster', import.meta.url)));

// `npm start`: the service, and on a new data directory the main job once, on the sample devices.
const { readConfig, SettingError, startServer } = await import('../server/src/start-server.ts');
const { runUntilStopped } = await import('../server/src/run-until-stopped.ts');
try {
  const config = withQuietTerminal(readConfig({ arguments: process.argv.slice(2) }));
  const server = await runUntilStopped((onFatal) => startServer(config, { onFatal }));
  const isDemo = server.isNew && config.databaseUrl === undefined && config.role === 'all';
  const { tellWhereThingsAre } = await import('./tell-where-things-are.ts');
  const { registerSamples } = await import('./register-samples.ts');
  const sample =
    isDemo && server.credentials
      ? await registerSamples(server.credentials, config.dataDirectory)
      : undefined;
  await tellWhereThingsAre({ server, dataDirectory: config.dataDirectory, trackingId: sample });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(error instanceof SettingError ? 2 : 1);
}

/** A person at a terminal wants the story, not a line of JSON a request; whoever sets a level gets it. */
function withQuietTerminal<C extends { readonly logLevel: string }>(config: C): C {
  const isChosen = process.env.MUSTER_LOG_LEVEL !== undefined;
  return process.stdout.isTTY && !isChosen ? { ...config, logLevel: 'warn' } : config;
}
