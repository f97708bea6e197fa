#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import { createProcessIo } from './terminal/process-io.ts';
import { keepYoungHeapSmall } from './terminal/keep-young-heap-small.ts';
import { runMuster } from './run-muster.ts';

export { runMuster } from './run-muster.ts';
export { createProcessIo } from './terminal/process-io.ts';
export type { Io } from './io.ts';

/** Whether this file is the program itself, through whatever link it was called, and not imported by another. */
function isProgram(): boolean {
  const [, called] = process.argv;
  return called !== undefined && realpathSync(called) === import.meta.filename;
}

if (isProgram()) {
  keepYoungHeapSmall();
  process.exitCode = await runMuster(process.argv.slice(2), createProcessIo());
}
