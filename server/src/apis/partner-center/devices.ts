import type { DeviceUpdateRequest } from '@muster/contract';
import { addDevices } from '../../registry/devices/add-devices.ts';
import { batchNotFound } from '../../registry/batches/batch-not-found.ts';
import { deleteDevice } from '../../registry/devices/delete-device.ts';
import { listDevices } from '../../registry/devices/list-devices.ts';
import { updateDevice } from '../../registry/devices/update-device.ts';
import type { ReadUpload } from '../../intake/parse-upload.ts';
import { readContinuationToken } from './continuation-token.ts';
import { sendAccepted, sendDeleted, type WireCall, type WireHandler } from './wire-call.ts';

/** POST customers/{c}/deviceBatches/{b}/devices */
export const addDevicesRoute: WireHandler<ReadUpload> = async (call) => {
  const { upload } = call.body;
  return sendAccepted(call, await addDevices(call.ctx, call, { batchId: batchIdOf(call), upload }));
};

/** GET customers/{c}/deviceBatches/{b}/devices */
export const listDevicesRoute: WireHandler = async (call) =>
  listDevices(call.ctx, {
    customerId: call.customerId,
    batchId: batchIdOf(call),
    token: readContinuationToken(call.request),
  });

/** PUT customers/{c}/deviceBatches/{b}/devices/{d} */
export const updateDeviceRoute: WireHandler<DeviceUpdateRequest> = async (call) =>
  updateDevice(call.ctx, { customerId: call.customerId, ...deviceOf(call) }, call.body);

/** DELETE customers/{c}/deviceBatches/{b}/devices/{d} */
export const deleteDeviceRoute: WireHandler = async (call) => {
  await deleteDevice(call.ctx, call, deviceOf(call));
  return sendDeleted(call);
};

function deviceOf(call: WireCall<unknown>): { batchId: string; deviceId: string } {
  return { batchId: batchIdOf(call), deviceId: call.params.deviceId ?? '' };
}

/** No batch id has a NUL, and PostgreSQL takes none in a question. Throws BatchNotFound. */
function batchIdOf({ params }: WireCall<unknown>): string {
  const batchId = params.batchId ?? '';
  if (batchId.includes('\0')) throw batchNotFound(batchId);
  return batchId;
}
