// A thread that reads the bodies of uploads, one after the other: started by `intake/upload-workers.ts`.
import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadStart } from './thread-messages.ts';

const { compileCache } = workerData as ThreadStart;
// Without it the thread takes the TypeScript apart again: 60 MB and a tenth of a second.
if (compileCache !== undefined) enableCompileCache(compileCache);
const { answerOrders } = await import('./upload-worker.ts');
if (parentPort) answerOrders(parentPort, workerData as ThreadStart);
