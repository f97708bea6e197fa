// A thread that reads bodies as ever, but ends when one says so.
import { parentPort, workerData } from 'node:worker_threads';
import { parseUpload } from '../../src/apis/partner-center/parse-upload.ts';
import { serveTasks } from '../../src/intake/upload-worker.ts';
import type { ParseTask, WorkerStart } from '../../src/intake/parse-task.ts';

parentPort?.on('message', ({ body }: ParseTask) => {
  if (Buffer.from(body).includes('"die"')) process.exit(7);
});
if (parentPort) serveTasks(parentPort, workerData as WorkerStart, parseUpload);
