import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { OperationId } from '@muster/contract';
import { dotnetDevice } from './batch-cases.ts';
import { deviceListRefusals, pathRefusals, type OperationCase, type Refusal } from './operation-case.ts';
import { pathOf, send } from './wire-request.ts';
import { newWorld, type World } from './world.ts';

const devicePathRefusals: readonly Refusal[] = [
  ...pathRefusals('batchId', 'BatchNotFound', { 'an unknown batch': 'nobody made this' }),
  ...pathRefusals('deviceId', 'DeviceNotFound', {
    'an unknown device': randomUUID(),
    'a device id that is no GUID': '12',
  }),
  {
    what: "another customer's device",
    fault: 'DeviceNotFound',
    change: async ({ muster }) => ({ parameters: { deviceId: (await newWorld(muster)).deviceId } }),
  },
];

async function listDevices(world: World): Promise<Record<string, unknown>[]> {
  const response = await send(world, { method: 'GET', path: pathOf('listDevices', world) });
  return ((await response.json()) as { items: Record<string, unknown>[] }).items;
}

export const deviceCases = {
  listDevices: {
    check({ body }, { deviceId, batchId, customerId }) {
      const { items, ...list } = body as { items: Record<string, unknown>[] };
      const uri = `/customers/${customerId}/deviceBatches/${encodeURIComponent(batchId)}/devices`;
      assert.deepEqual(list, {
        totalCount: 1,
        links: { self: { uri, method: 'GET', headers: [] } },
        attributes: { objectType: 'Collection' },
      });
      assert.equal(items[0]?.id, deviceId);
      assert.deepEqual(items[0]?.policies, []);
    },
    refusals: [
      ...pathRefusals('batchId', 'BatchNotFound', { 'an unknown batch': 'nobody made this' }),
      ...['MS-ContinuationToken', 'ContinuationToken'].map((header): Refusal => ({
        what: `a forged token in ${header}`,
        fault: 'InvalidInput',
        names: /MS-ContinuationToken is not a continuation token of this list/,
        change: () => ({ headers: { [header]: 'bm90IGEgdG9rZW4gb2Ygb3VycywgYnV0IGxvbmcgZW5vdWdo' } }),
      })),
    ],
  },
  updateDevice: {
    body: ({ deviceId, policyId }) => ({
      id: deviceId,
      policies: [{ key: 'o_o_b_e', value: policyId }],
      attributes: { objectType: 'Device' },
    }),
    async check({ body }, world) {
      const { id, policies } = body as { id: string; policies: unknown };
      assert.equal(id, world.deviceId);
      assert.deepEqual(policies, [{ key: 'o_o_b_e', value: world.policyId }]);
      assert.deepEqual(await listDevices(world), [body]);
    },
    spellings: {
      'the .NET SDK': ({ deviceId, policyId }) =>
        dotnetDevice({ Id: deviceId, Policies: [{ Key: 'o_o_b_e', Value: policyId }] }),
      PowerShell: ({ deviceId, policyId }) => ({
        Id: deviceId,
        Policies: [{ Key: 'OOBE', Value: policyId.toUpperCase() }],
      }),
      'the Java SDK': ({ deviceId, policyId }) => ({
        id: deviceId,
        Id: deviceId,
        policies: [{ key: 1, value: policyId }],
      }),
      'the name of the policy': () => ({ policies: [{ key: 'o_o_b_e', value: ' kiosk' }] }),
    },
    refusals: [
      ...devicePathRefusals,
      {
        what: 'a policy that nobody has',
        fault: 'InvalidInput',
        names: /^policies\[0\]\.value is not a configuration policy/,
        change: () => ({ body: { policies: [{ key: 'o_o_b_e', value: randomUUID() }] } }),
      },
      {
        what: "another customer's policy",
        fault: 'InvalidInput',
        names: /^policies\[0\]\.value is not a configuration policy/,
        change: async ({ muster }) => ({
          body: { policies: [{ key: 'o_o_b_e', value: (await newWorld(muster)).policyId }] },
        }),
      },
      {
        what: 'policies that are no list',
        fault: 'InvalidInput',
        names: /^policies must be an array/,
        change: ({ policyId }) => ({ body: { policies: policyId } }),
      },
    ],
  },
  deleteDevice: {
    async check({ body }, world) {
      assert.equal(body, undefined);
      assert.deepEqual(await listDevices(world), []);
    },
    refusals: devicePathRefusals,
  },
  updateDevicePolicies: {
    body: ({ deviceId, policyId }) => ({
      devices: [{ id: deviceId, policies: [{ key: 'o_o_b_e', value: policyId }] }],
    }),
    async check({ response }, world) {
      assert.equal(response.headers.get('content-length'), '0');
      const job = await world.muster.finished(response.headers.get('location') ?? '');
      assert.equal(job.status, 'finished');
      assert.equal(job.devicesStatus[0]?.status, 'finished');
      const [device] = await listDevices(world);
      assert.deepEqual(device?.policies, [{ key: 'o_o_b_e', value: world.policyId }]);
    },
    spellings: {
      'the .NET SDK': ({ deviceId, policyId }) => ({
        Devices: [dotnetDevice({ Id: deviceId, Policies: [{ Key: 'o_o_b_e', Value: policyId }] })],
        Attributes: { ObjectType: 'DevicePolicyUpdateRequest' },
      }),
      PowerShell: ({ deviceId, policyId }) => ({
        Devices: [{ Id: deviceId, Policies: [{ Key: 'OOBE', Value: policyId }] }],
      }),
      'the Java SDK': ({ deviceId, policyId }) => {
        const devices = [{ id: deviceId, Id: deviceId, policies: [{ key: 'o_o_b_e', value: policyId }] }];
        return { devices, setDevices: devices };
      },
    },
    refusals: [
      ...deviceListRefusals('devices', (devices) => ({ devices })),
      {
        what: 'a device without an id',
        fault: 'InvalidInput',
        names: /^devices\[0\]\.id is missing/,
        change: () => ({ body: { devices: [{ policies: [] }] } }),
      },
    ],
  },
} satisfies Partial<Record<OperationId, OperationCase>>;
