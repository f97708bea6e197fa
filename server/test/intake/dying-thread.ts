// A thread that reads bodies as ever, but ends when one says so.
import { parentPort, workerData } from 'node:worker_threads';
import { answerOrders } from '../../src/intake/upload-worker.ts';
import type { ThreadOrder, ThreadStart } from '../../src/intake/thread-messages.ts';

parentPort?.on('message', ({ body }: ThreadOrder) => {
  if (Buffer.from(body).includes('"die"')) process.exit(7);
});
if (parentPort) answerOrders(parentPort, workerData as ThreadStart);
