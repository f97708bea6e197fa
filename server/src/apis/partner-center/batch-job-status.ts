import { getBatchUploadStatus } from '../../registry/batches/get-batch-upload-status.ts';
import type { WireHandler } from './wire-call.ts';

/** GET customers/{c}/batchJobStatus/{t} */
export const getBatchUploadStatusRoute: WireHandler = async ({ ctx, customerId, params, reply }) => {
  const body = await getBatchUploadStatus(ctx, { customerId, trackingId: params.trackingId ?? '' });
  return reply.header('Content-Type', 'application/json; charset=utf-8').send(body);
};
