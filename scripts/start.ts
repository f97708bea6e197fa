import { serve } from '../muster/src/serve.ts';

if (process.env.npm_lifecycle_event === 'start') stopWithParent();
await serve(process.argv.slice(2), 'npm start --');

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
