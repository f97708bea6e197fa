import type { DeviceUpdateRequest } from '@muster/contract';
import { addDevices } from '../operations/add-devices.ts';
import { deleteDevice } from '../operations/delete-device.ts';
import { listDevices } from '../operations/list-devices.ts';
import { updateDevice } from '../operations/update-device.ts';
import type { ReadUpload } from '../uploads/read-upload.ts';
import { readContinuationToken } from './continuation-token.ts';
import { sendAccepted, sendDeleted, type WireCall, type WireHandler } from './wire-call.ts';

/** POST customers/{c}/deviceBatches/{b}/devices */
export const addDevicesRoute: WireHandler<ReadUpload> = async (call) => {
  const { upload } = call.body;
  const batchId = call.params.batchId ?? '';
  return sendAccepted(call, await addDevices(call.ctx, call, { batchId, upload }));
};

/** GET customers/{c}/deviceBatches/{b}/devices */
export const listDevicesRoute: WireHandler = async ({ ctx, customerId, params, request }) =>
  listDevices(ctx, {
    customerId,
    batchId: params.batchId ?? '',
    token: readContinuationToken(request),
  });

/** PUT customers/{c}/deviceBatches/{b}/devices/{d} */
export const updateDeviceRoute: WireHandler<DeviceUpdateRequest> = async (call) =>
  updateDevice(call.ctx, { customerId: call.customerId, ...deviceOf(call) }, call.body);

/** DELETE customers/{c}/deviceBatches/{b}/devices/{d} */
export const deleteDeviceRoute: WireHandler = async (call) => {
  await deleteDevice(call.ctx, call, deviceOf(call));
  return sendDeleted(call);
};

function deviceOf({ params }: WireCall<unknown>): { batchId: string; deviceId: string } {
  return { batchId: params.batchId ?? '', deviceId: params.deviceId ?? '' };
}
