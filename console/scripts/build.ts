import { buildConsole } from './build-console.ts';

const startedAt = performance.now();
const isBuilt = await buildConsole();
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
process.stderr.write(isBuilt ? `The console was built in ${seconds} s.\n` : 'The console is up to date.\n');
