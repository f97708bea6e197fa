import { buildConsole } from '../console/scripts/build-console.ts';
import { serve } from '../muster/src/serve.ts';

if (process.env.npm_lifecycle_event === 'start') stopWithParent();
const args = process.argv.slice(2);
const isServed = process.env.MUSTER_CONSOLE !== 'off' && !args.includes('--help') && !args.includes('-h');
// Without it, everything but the console works.
if (isServed)
  await buildConsole(() => process.stderr.write('Building the console ...\n')).catch((error: unknown) => {
    process.stderr.write(`The console could not be built: ${String(error)}\n`);
  });
await serve(args, 'npm start --');

/** npm starts this program through a shell. A signal to npm ends the shell and does not reach this process. */
function stopWithParent(): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  watch.unref();
}
