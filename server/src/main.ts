import { readConfig, SettingError, startServer } from './start-server.ts';
import { runUntilStopped } from './run-until-stopped.ts';

// The service and nothing else: what a container or a unit file starts. `npm start` also runs the sample (scripts/start.ts).
try {
  const config = readConfig({ arguments: process.argv.slice(2) });
  await runUntilStopped((onFatal) => startServer(config, { onFatal }));
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${reason}\n`);
  process.exit(error instanceof SettingError ? 2 : 1);
}
