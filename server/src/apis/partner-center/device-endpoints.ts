import { devicesPerPage, type Device, type DeviceCollection, type DryRunResult } from '@muster/contract';
import { createDeviceBatch, addDevices } from '../../registry/batches/upload-devices.ts';
import { deleteDevice } from '../../registry/devices/delete-device.ts';
import { listDevices } from '../../registry/devices/list-devices.ts';
import { tryDeviceBatch, tryDevices, type TriedDevice } from '../../registry/devices/try-upload.ts';
import { updateDevice } from '../../registry/devices/update-device.ts';
import { tryDevicePolicies, updateDevicePolicies } from '../../registry/policies/update-device-policies.ts';
import { RegistryError } from '../../registry/registry-error.ts';
import type { RegisteredDevice } from '../../store/registry/registered-devices.ts';
import { readContinuationToken, linkTo, wirePath } from './paging.ts';
import { describeDryRun } from './describe-dry-run.ts';
import { listDeviceBatches } from './list-device-batches.ts';
import { askedPolicy } from './parse-upload.ts';
import type { OperationCall } from '../endpoint.ts';
import { endpoint, sendAccepted, sendDeleted, uploadEndpoint } from './endpoint.ts';

/** Device batches and their devices. */
export const deviceEndpoints = {
  /** POST customers/{c}/deviceBatches */
  createDeviceBatch: uploadEndpoint('createDeviceBatch', async (call) => {
    const { batchId = '', upload } = call.body;
    const request = { batchId, upload };
    if (call.isDryRun) return dryRunResult(call, await tryDeviceBatch(call.ctx, call, request));
    return sendAccepted(call, await createDeviceBatch(call.ctx, call, request));
  }),

  /** GET customers/{c}/deviceBatches: all in one response, because clients decide from it whether to create or to add. */
  listDeviceBatches: endpoint('listDeviceBatches', listDeviceBatches),

  /** POST customers/{c}/deviceBatches/{b}/devices */
  addDevices: uploadEndpoint('addDevices', async (call) => {
    const request = { batchId: batchIdOf(call), upload: call.body.upload };
    if (call.isDryRun) return dryRunResult(call, await tryDevices(call.ctx, call, request));
    return sendAccepted(call, await addDevices(call.ctx, call, request));
  }),

  /** GET customers/{c}/deviceBatches/{b}/devices */
  listDevices: endpoint('listDevices', async (call): Promise<DeviceCollection> => {
    const { customerId } = call;
    const token = readContinuationToken(call.request);
    const request = { customerId, batchId: batchIdOf(call), token, size: devicesPerPage };
    const { batchId, totalCount, devices, next } = await listDevices(call.ctx, request);
    const uri = wirePath`/customers/${customerId}/deviceBatches/${batchId}/devices`;
    return {
      totalCount,
      items: devices.map(describeDevice),
      links: { self: linkTo(uri, token), ...(next !== undefined && { next: linkTo(uri, next) }) },
      attributes: { objectType: 'Collection' },
      ...(next !== undefined && { continuationToken: next }),
    };
  }),

  /** PUT customers/{c}/deviceBatches/{b}/devices/{d} */
  updateDevice: endpoint('updateDevice', async (call) => {
    const { batchId, deviceId: named } = deviceOf(call);
    const { id = named, policies } = call.body;
    // The Java SDK leaves the literal "{2}" in the path and gives the id in the body alone (`docs/wire.md` 8).
    const deviceId = named === '{2}' ? id : named;
    const address = { customerId: call.customerId, batchId, deviceId };
    const change = { policy: askedPolicy(policies), actor: call.caller.name };
    return describeDevice(await updateDevice(call.ctx, address, change));
  }),

  /** DELETE customers/{c}/deviceBatches/{b}/devices/{d} */
  deleteDevice: endpoint('deleteDevice', async (call) => {
    await deleteDevice(call.ctx, call, deviceOf(call));
    return sendDeleted(call);
  }),

  /** PATCH customers/{c}/DevicePolicyUpdates */
  updateDevicePolicies: endpoint(
    'updateDevicePolicies',
    async (call) => {
      const changes = call.body.devices.map(({ id, policies }) => ({
        deviceId: id,
        policy: askedPolicy(policies),
      }));
      if (call.isDryRun) return dryRunResult(call, await tryDevicePolicies(call.ctx, call, changes));
      return sendAccepted(call, await updateDevicePolicies(call.ctx, call, changes));
    },
    { takesDevices: true },
  ),
};

function dryRunResult({ request }: OperationCall<unknown>, devices: readonly TriedDevice[]): DryRunResult {
  return describeDryRun(devices, request.ms.locale);
}

function deviceOf(call: OperationCall<unknown>): { batchId: string; deviceId: string } {
  return { batchId: batchIdOf(call), deviceId: call.params.deviceId ?? '' };
}

/** No batch ID contains a NUL, and PostgreSQL accepts none in parameters. Throws `batch-not-found`. */
function batchIdOf({ params }: OperationCall<unknown>): string {
  const batchId = params.batchId ?? '';
  if (batchId.includes('\0')) throw new RegistryError({ kind: 'batch-not-found', batchId });
  return batchId;
}

/** A device in Partner Center's shape: members without a value are absent, and its hardware hash is never there. */
function describeDevice(device: RegisteredDevice): Device {
  const { serialNumber, productKey, modelName, oemManufacturerName, policyId } = device;
  return {
    id: device.deviceId,
    ...(serialNumber !== undefined && { serialNumber }),
    ...(productKey !== undefined && { productKey }),
    ...(modelName !== undefined && { modelName }),
    ...(oemManufacturerName !== undefined && { oemManufacturerName }),
    policies: policyId === undefined ? [] : [{ key: 'o_o_b_e', value: policyId }],
    uploadedDate: device.uploadedAt.toISOString(),
    attributes: { objectType: 'Device' },
  };
}
