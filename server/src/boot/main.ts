import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Compiled code is cached next to the dependencies, so later starts load in two thirds of the time.
enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/muster', import.meta.url)));

// The service alone, for containers and unit files. `npm start` also registers the samples (muster/src/serve.ts).
const { readConfig, SettingError, startServer } = await import('./start-service.ts');
const { runUntilStopped } = await import('./run-until-stopped.ts');
const { isHelpWanted, renderHelp } = await import('./help.ts');
if (isHelpWanted(process.argv)) {
  process.stdout.write(renderHelp('node server/bin/muster-server.js'));
  process.exit(0);
}
try {
  const config = readConfig({ arguments: process.argv.slice(2) });
  await runUntilStopped((onFatal) => startServer(config, { onFatal }), config);
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${reason}\n`);
  process.exit(error instanceof SettingError ? 2 : 1);
}
