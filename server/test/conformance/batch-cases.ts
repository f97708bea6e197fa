import assert from 'node:assert/strict';
import type { OperationId } from '@muster/contract';
import { deviceListRefusals, pathRefusals, type OperationCase } from './operation-case.ts';
import { newDevice, type World } from './world.ts';

const dummyHash = 'DummyHash123';

/** 202, an empty body, and a Location that every client can take apart; the job then registers what was sent. */
async function checkAccepted({ response }: { response: Response }, world: World): Promise<void> {
  assert.equal(response.headers.get('content-length'), '0');
  const location = response.headers.get('location') ?? '';
  assert.match(location, new RegExp(`^/customers/${world.customerId}/batchJobStatus/[0-9a-f-]{36}$`));
  assert.equal((await world.muster.finished(location)).status, 'finished');
}

/** A device as Microsoft's .NET SDK writes it: every member, null or not. */
export function dotnetDevice(device: object): object {
  return {
    Id: null,
    SerialNumber: null,
    ProductKey: null,
    HardwareHash: null,
    ModelName: null,
    OemManufacturerName: null,
    Policies: null,
    UploadedDate: '0001-01-01T00:00:00',
    AllowedOperations: null,
    ...device,
    Attributes: { ObjectType: 'Device' },
  };
}

function pascalCase(object: object): object {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );
}

export const batchCases = {
  createDeviceBatch: {
    body: () => ({ batchId: 'New batch', devices: [newDevice(), { hardwareHash: dummyHash }] }),
    check: checkAccepted,
    spellings: {
      'the .NET SDK': () => ({
        BatchId: 'New batch',
        Devices: [dotnetDevice(pascalCase(newDevice()))],
        Attributes: { ObjectType: 'DeviceBatchCreationRequest' },
      }),
      PowerShell: ({ policyId }) => ({
        BatchId: 'New batch',
        Devices: [
          { ...pascalCase(newDevice()), UploadedDate: '0001-01-01T00:00:00Z', Policies: [] },
          { ...pascalCase(newDevice()), Policies: [{ Key: 'OOBE', Value: policyId }] },
        ],
      }),
      'the Java SDK': () => ({ batchId: 'New batch', devices: [{ ...newDevice(), id: 'x', Id: 'x' }] }),
      'CIPP, with empty texts': () => ({
        batchId: 'New batch',
        devices: [{ ...newDevice(), productKey: '', hardwareHash: null, policies: '0001-01-01T00:00:00' }],
      }),
    },
    refusals: [
      {
        what: 'a batch id that exists, in other letters',
        fault: 'BatchExists',
        change: ({ batchId }) => ({ body: { batchId: batchId.toUpperCase(), devices: [newDevice()] } }),
      },
      {
        what: 'an empty batch id',
        fault: 'InvalidInput',
        names: /^batchId must not be empty/,
        change: () => ({ body: { batchId: '', devices: [newDevice()] } }),
      },
      {
        what: 'a batch id that is too long',
        fault: 'InvalidInput',
        names: /^batchId is longer than 256/,
        change: () => ({ body: { batchId: 'x'.repeat(257), devices: [newDevice()] } }),
      },
      ...deviceListRefusals('devices', (devices) => ({ batchId: 'New batch', devices })),
    ],
  },
  listDeviceBatches: {
    check({ body }, { batchId, customerId }) {
      const { totalCount, items } = body as { totalCount: number; items: Record<string, unknown>[] };
      assert.equal(totalCount, 1);
      const { createdBy, creationDate, ...batch } = items[0] ?? {};
      assert.ok(createdBy);
      assert.ok(Date.parse(String(creationDate)));
      assert.deepEqual(batch, {
        id: batchId,
        status: 'finished',
        devicesCount: 1,
        deviceCount: 1,
        devicesLink: {
          uri: `/customers/${customerId}/deviceBatches/${encodeURIComponent(batchId)}/devices`,
          method: 'GET',
          headers: [],
        },
        attributes: { objectType: 'DeviceBatch' },
      });
    },
    refusals: [],
  },
  addDevices: {
    body: () => [newDevice(), { hardwareHash: dummyHash }],
    check: checkAccepted,
    spellings: {
      'the .NET SDK': () => [dotnetDevice(pascalCase(newDevice()))],
      'CIPP, with the batch in each device': ({ batchId }) => [{ ...newDevice(), deviceBatchId: batchId }],
    },
    refusals: [
      ...pathRefusals('batchId', 'BatchNotFound', { 'an unknown batch': 'nobody made this' }),
      ...deviceListRefusals('', (devices) => devices),
      {
        what: 'a serial number that is too long',
        fault: 'InvalidInput',
        names: /^\[1\]\.serialNumber is longer than 256/,
        change: () => ({ body: [newDevice(), { serialNumber: 'x'.repeat(257) }] }),
      },
    ],
  },
  getBatchUploadStatus: {
    check({ body }, { trackingId, deviceId }) {
      const status = body as { status: string; batchTrackingId: string; devicesStatus: object[] };
      assert.equal(status.batchTrackingId, trackingId);
      assert.equal(status.status, 'finished');
      assert.partialDeepStrictEqual(status.devicesStatus, [{ deviceId, status: 'finished' }]);
    },
    refusals: pathRefusals('trackingId', 'BatchJobNotFound', {
      'an unknown job': 'c3a2c4a6-61a5-4dd6-8c9f-0a6ecb3cd9b5',
      'a tracking id that is no GUID': '12',
    }),
  },
} satisfies Partial<Record<OperationId, OperationCase>>;
