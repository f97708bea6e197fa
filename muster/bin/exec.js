#!/usr/bin/env node
// `npm start` is `exec node …`, so that the shell of npm hands its process, and with it all signals, to the service. The
// shell of Windows has no `exec`: there npm finds this program under that name, and it runs the script in its own process.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [program, script, ...rest] = process.argv.slice(2);
if (program !== 'node' || script === undefined) {
  process.stderr.write('Usage: exec node SCRIPT [ARGUMENT...]\n');
  process.exitCode = 2;
} else {
  process.argv.splice(1, Number.POSITIVE_INFINITY, resolve(script), ...rest);
  await import(pathToFileURL(resolve(script)).href);
}
