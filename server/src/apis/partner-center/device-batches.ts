import { createDeviceBatch } from '../../registry/batches/create-device-batch.ts';
import { listDeviceBatches } from '../../registry/batches/list-device-batches.ts';
import type { ReadUpload } from '../../intake/parse-upload.ts';
import { sendAccepted, type WireHandler } from './wire-call.ts';

/** POST customers/{c}/deviceBatches */
export const createDeviceBatchRoute: WireHandler<ReadUpload> = async (call) => {
  const { batchId = '', upload } = call.body;
  return sendAccepted(call, await createDeviceBatch(call.ctx, call, { batchId, upload }));
};

/** GET customers/{c}/deviceBatches */
export const listDeviceBatchesRoute: WireHandler = async ({ ctx, customerId }) =>
  listDeviceBatches(ctx, customerId);
