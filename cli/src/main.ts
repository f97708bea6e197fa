import { runMuster } from './run-muster.ts';
import { createProcessIo } from './terminal/process-io.ts';

process.exitCode = await runMuster(process.argv.slice(2), createProcessIo());
