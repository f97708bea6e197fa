import type { DeviceBatchCreationRequest } from '@muster/contract';
import { createDeviceBatch } from '../operations/create-device-batch.ts';
import { listDeviceBatches } from '../operations/list-device-batches.ts';
import { sendAccepted, type WireHandler } from './wire-call.ts';

/** POST customers/{c}/deviceBatches */
export const createDeviceBatchRoute: WireHandler<DeviceBatchCreationRequest> = async (call) =>
  sendAccepted(call, await createDeviceBatch(call.ctx, call, call.body));

/** GET customers/{c}/deviceBatches */
export const listDeviceBatchesRoute: WireHandler = async ({ ctx, customerId }) =>
  listDeviceBatches(ctx, customerId);
