import type { DeviceList } from '@muster/contract';
import { addDevices } from '../operations/add-devices.ts';
import { sendAccepted, type WireHandler } from './wire-call.ts';

/** POST customers/{c}/deviceBatches/{b}/devices */
export const addDevicesRoute: WireHandler<DeviceList> = async (call) =>
  sendAccepted(
    call,
    await addDevices(call.ctx, call, { batchId: call.params.batchId ?? '', devices: call.body }),
  );
