// A thread that parses the bodies of uploads, one after the other: started by `intake/upload-workers.ts`.
import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerStart } from '../../intake/parse-task.ts';

const { compileCache } = workerData as WorkerStart;
// Without it the thread takes the TypeScript apart again: 60 MB and a tenth of a second.
if (compileCache !== undefined) enableCompileCache(compileCache);
const [{ serveTasks }, { parseUpload }] = await Promise.all([
  import('../../intake/upload-worker.ts'),
  import('./parse-upload.ts'),
]);
if (parentPort) serveTasks(parentPort, workerData as WorkerStart, parseUpload);
