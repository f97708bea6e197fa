import { parseGuid } from '@muster/contract';
import type { DeviceEvent, RegisteredDevice } from '@muster/contract/muster/device';
import { pageLimitDefault } from '@muster/contract/muster/muster-operation';
import {
  findDevices,
  getDevice,
  listCustomerDevices,
  listDeviceHistory,
} from '../../registry/devices/find-devices.ts';
import type { DeviceEvent as KnownEvent } from '../../store/registry/device-history.ts';
import type { PartnerDevice } from '../../store/registry/partner-devices.ts';
import { phraseOf } from '../../texts/phrase-of.ts';
import { invalidInput } from '../partner-center/registry-faults.ts';
import { describeCode } from './job-endpoints.ts';
import { musterEndpoint, pageOf, toListPage } from './muster-endpoint.ts';

/** Registered devices of all the partner's customers. */
export const deviceEndpoints = {
  /** POST devices/find */
  findDevices: musterEndpoint('findDevices', async ({ ctx, caller, body }) => {
    const { limit = pageLimitDefault, cursor, includeRemoved = false, ...given } = body;
    const scope = { partnerId: caller.partnerId, includesRemoved: includeRemoved };
    if (Object.keys(given).length !== 1) throw invalidInput(phraseOf('theBody'), 'notOneCriterion');
    const search = {
      serialNumber: given.serialNumber?.trim(),
      serialPrefix: given.serialPrefix,
      productKey: given.productKey?.trim(),
      deviceId: parseGuid(given.deviceId),
      hardwareHash: given.hardwareHash,
    };
    return toListPage(await findDevices(ctx, scope, search, { limit, cursor }), describeDevice);
  }),

  /** GET devices/{d} */
  getRegisteredDevice: musterEndpoint('getRegisteredDevice', async ({ ctx, caller, params }) =>
    describeDevice(await getDevice(ctx, { partnerId: caller.partnerId, deviceId: params.deviceId ?? '' })),
  ),

  /** GET devices/{d}/history */
  listDeviceHistory: musterEndpoint('listDeviceHistory', async (call) => {
    const address = { partnerId: call.caller.partnerId, deviceId: call.params.deviceId ?? '' };
    return toListPage(await listDeviceHistory(call.ctx, address, pageOf(call)), describeEvent);
  }),

  /** GET customers/{c}/devices */
  listCustomerDevices: musterEndpoint('listCustomerDevices', async (call) => {
    const { batchId, policyId, since } = call.query;
    const filter = {
      customerId: call.customerId,
      batchId,
      policyId: parseGuid(policyId),
      since: since === undefined ? undefined : new Date(since),
    };
    return toListPage(await listCustomerDevices(call.ctx, filter, pageOf(call)), describeDevice);
  }),
};

/** A device in the shape of the contract: members without a value are absent. */
function describeDevice(device: PartnerDevice): RegisteredDevice {
  const { deviceId, customerId, customerName, batchId, serialNumber, productKey } = device;
  const { oemManufacturerName, modelName, policyId, policyName, registeredAt, removedAt } = device;
  return {
    deviceId,
    customerId,
    customerName,
    batchId,
    ...(serialNumber !== undefined && { serialNumber }),
    ...(productKey !== undefined && { productKey }),
    ...(oemManufacturerName !== undefined && { oemManufacturerName }),
    ...(modelName !== undefined && { modelName }),
    ...(policyId !== undefined && { policyId }),
    ...(policyName !== undefined && { policyName }),
    registeredAt: registeredAt.toISOString(),
    ...(removedAt && { removedAt: removedAt.toISOString() }),
  };
}

function describeEvent(event: KnownEvent): DeviceEvent {
  const { at, kind, customerId, customerName, actor, trackingId, batchId, outcome, policyId, policyName } =
    event;
  return {
    at: at.toISOString(),
    kind,
    customerId,
    customerName,
    ...(actor !== undefined && { by: actor }),
    ...(trackingId !== undefined && { trackingId }),
    ...(batchId !== undefined && { batchId }),
    ...(outcome !== undefined && { outcome, ...describeCode(outcome) }),
    ...(policyId !== undefined && { policyId }),
    ...(policyName !== undefined && { policyName }),
  };
}
