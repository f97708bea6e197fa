import { parseGuid } from '@muster/contract/guid';
import { decodeHardwareHash } from '@muster/contract/hardware-hash/decode-hardware-hash';
import { identityKeys } from '@muster/contract/identity/identity-keys';
import type { Context } from '../context.ts';
import { readPage, type ListPage, type PageRequest } from '../read-page.ts';
import { RegistryError } from '../registry-error.ts';
import { listDeviceEvents, type DeviceEvent } from '../../store/registry/device-history.ts';
import {
  findPartnerDevices,
  findPartnerDevicesByPrefix,
  listCustomerDevices as listDevicesOfCustomer,
  type BatchPlace,
  type CustomerDeviceFilter,
  type DeviceCriterion,
  type DeviceScope,
  type PartnerDevice,
  type SerialPlace,
} from '../../store/registry/partner-devices.ts';
import { findDevicesByKeys } from '../../store/registry/registered-devices.ts';

/** What devices are found by: one of these. */
export interface DeviceSearch {
  readonly serialNumber?: string | undefined;
  readonly serialPrefix?: string | undefined;
  readonly productKey?: string | undefined;
  readonly deviceId?: string | undefined;
  /** Base64. */
  readonly hardwareHash?: string | undefined;
}

/** Before every device id. */
const firstId = '00000000-0000-0000-0000-000000000000';

/**
 * One page of the devices of a partner that fit, whatever their customers and batches. Throws `hardware-hash-unusable` and
 * `page-token-invalid`.
 */
export async function findDevices(
  ctx: Context,
  scope: DeviceScope,
  { serialPrefix: prefix, ...search }: DeviceSearch,
  page: PageRequest,
): Promise<ListPage<PartnerDevice>> {
  const { partnerId } = scope;
  if (prefix !== undefined)
    return readPage(ctx, page, {
      list: `devices by prefix ${partnerId}`,
      readAfter: (after: SerialPlace = { serialNumber: '', deviceId: firstId }, limit) =>
        findPartnerDevicesByPrefix(ctx.db, { ...scope, prefix }, { after, limit }),
      placeOf: ({ serialNumber = '', deviceId }) => ({ serialNumber, deviceId }),
    });
  const criterion = await criterionOf(ctx, search);
  return readPage(ctx, page, {
    list: `devices by id ${partnerId}`,
    readAfter: (after: string = firstId, limit) =>
      findPartnerDevices(ctx.db, { ...scope, criterion }, { after, limit }),
    placeOf: ({ deviceId }) => deviceId,
  });
}

async function criterionOf(
  ctx: Context,
  { serialNumber, productKey, deviceId, hardwareHash }: Omit<DeviceSearch, 'serialPrefix'>,
): Promise<DeviceCriterion> {
  if (hardwareHash === undefined)
    return { serialNumber, productKey, deviceIds: deviceId === undefined ? [] : [deviceId] };
  const hash = decodeHardwareHash(hardwareHash);
  if (!hash.usable) throw new RegistryError({ kind: 'hardware-hash-unusable' });
  const known = await findDevicesByKeys(ctx.db, identityKeys({ hash }));
  return { deviceIds: [...new Set(known.map((device) => device.deviceId))] };
}

/**
 * One device of any customer of the partner, registered or removed. Throws `device-unknown`, also for the device of
 * another partner.
 */
export async function getDevice(
  ctx: Context,
  { partnerId, deviceId }: { partnerId: string; deviceId: string },
): Promise<PartnerDevice> {
  const id = parseGuid(deviceId);
  const criterion = { deviceIds: id === undefined ? [] : [id] };
  const scope = { partnerId, includesRemoved: true };
  const found = await findPartnerDevices(ctx.db, { ...scope, criterion }, { after: firstId, limit: 1 });
  if (!found[0]) throw new RegistryError({ kind: 'device-unknown', deviceId });
  return found[0];
}

/**
 * One page of what happened to a device, in the order it happened: its registration, uploads that named it again, changes
 * of its policy, moves, its removal. Throws `device-unknown` and `page-token-invalid`.
 */
export async function listDeviceHistory(
  ctx: Context,
  address: { partnerId: string; deviceId: string },
  page: PageRequest,
): Promise<ListPage<DeviceEvent>> {
  const { deviceId } = await getDevice(ctx, address);
  const { partnerId } = address;
  return readPage(ctx, page, {
    list: `history of ${deviceId} ${partnerId}`,
    readAfter: (after: string = '-1', limit) =>
      listDeviceEvents(ctx.db, { partnerId, deviceId }, { after, limit }),
    placeOf: ({ number }) => number,
  });
}

/** One page of the devices of a customer, batch by batch. Throws `page-token-invalid`. */
export function listCustomerDevices(
  ctx: Context,
  filter: CustomerDeviceFilter,
  page: PageRequest,
): Promise<ListPage<PartnerDevice>> {
  return readPage(ctx, page, {
    list: `devices of customer ${filter.customerId}`,
    readAfter: (after: BatchPlace = { deviceBatchId: '0', deviceId: firstId }, limit) =>
      listDevicesOfCustomer(ctx.db, filter, { after, limit }),
    placeOf: ({ deviceBatchId, deviceId }) => ({ deviceBatchId, deviceId }),
  });
}
