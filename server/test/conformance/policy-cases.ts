import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { OperationId } from '@muster/contract';
import sql from 'sql-template-tag';
import { pathRefusals, type OperationCase, type Refusal } from './operation-case.ts';
import { pathOf, send } from './wire-request.ts';
import { newWorld } from './world.ts';

const unknownPolicies: readonly Refusal[] = [
  ...pathRefusals('policyId', 'PolicyNotFound', {
    'an unknown policy': randomUUID(),
    'a policy id that is no GUID': '12',
  }),
  {
    what: "another customer's policy",
    fault: 'PolicyNotFound',
    change: async ({ muster }) => ({ parameters: { policyId: (await newWorld(muster)).policyId } }),
  },
];

const staleTag: Refusal = {
  what: 'a stale etag',
  fault: 'StaleEtag',
  names: /If-Match/,
  change: () => ({ headers: { 'If-Match': '"7"' } }),
};

const badMembers: Readonly<Record<string, { member: object; names: RegExp }>> = {
  'a name of spaces': { member: { name: ' \t ' }, names: /^name / },
  'an empty name': { member: { name: '' }, names: /^name must not be empty/ },
  'a name that is too long': { member: { name: 'x'.repeat(257) }, names: /^name is longer than 256/ },
  'a name with a line break': { member: { name: 'a\nb' }, names: /^name contains control characters/ },
  'a name that is a number': { member: { name: 7 }, names: /^name must be text/ },
  'an unknown category': { member: { category: 'kiosk' }, names: /^category must be one of none, o_o_b_e/ },
  'an unknown setting': {
    member: { policySettings: ['skip_eula', 'skip_all'] },
    names: /^policySettings\[1\] must be one of remove_oem_preinstalls, /,
  },
  'settings that are an object': { member: { policySettings: {} }, names: /^policySettings\[0\] / },
  'a number of no setting': { member: { policySettings: [32] }, names: /^policySettings\[0\] / },
  'a description that is too long': {
    member: { description: 'x'.repeat(1025) },
    names: /^description is longer than 1024/,
  },
};

const memberRefusals = Object.entries(badMembers).map(([what, { member, names }]): Refusal => ({
  what,
  fault: 'InvalidInput',
  names,
  change: () => ({ body: { name: 'New policy', ...member } }),
}));

/** The policy of Microsoft's example, as the .NET SDK writes it. */
function dotnetPolicy(members: object): object {
  return {
    Id: null,
    Name: 'New policy',
    Category: 'none',
    Description: null,
    DevicesAssignedCount: 0,
    PolicySettings: null,
    CreatedDate: '0001-01-01T00:00:00',
    LastModifiedDate: '0001-01-01T00:00:00',
    ...members,
    Attributes: { ObjectType: 'ConfigurationPolicy' },
  };
}

const kiosk = {
  name: 'Kiosk',
  category: 'o_o_b_e',
  devicesAssignedCount: 0,
  devicesAssigned: 0,
  policySettings: ['skip_eula'],
  attributes: { etag: '1', objectType: 'ConfigurationPolicy' },
};

export const policyCases = {
  createPolicy: {
    body: () => ({
      name: ' New policy ',
      category: 'o_o_b_e',
      description: 'For tests',
      policySettings: ['oobe_user_not_local_admin', 'skip_eula'],
    }),
    async check({ body }, world) {
      const { id } = body as { id: string };
      assert.partialDeepStrictEqual(body, {
        ...kiosk,
        name: 'New policy',
        policySettings: ['oobe_user_not_local_admin', 'skip_eula'],
      });
      const again = await send(world, {
        method: 'GET',
        path: pathOf('getPolicy', world, { policyId: id }),
      });
      assert.deepEqual(await again.json(), body);
    },
    spellings: {
      'the .NET SDK': () =>
        dotnetPolicy({ PolicySettings: ['skip_eula', 'oobe_user_not_local_admin'], Category: 'o_o_b_e' }),
      'Microsoft’s samples, which set no category': () =>
        dotnetPolicy({ PolicySettings: ['oobe_user_not_local_admin, _skip_eula'] }),
      PowerShell: () => ({
        Name: 'New policy',
        Category: 'OOBE',
        PolicySettings: ['OobeUserNotLocalAdmin', 'SkipEula'],
        CreatedDate: '0001-01-01T00:00:00Z',
      }),
      'PowerShell, combined': () => ({
        Name: 'New policy',
        PolicySettings: ['OobeUserNotLocalAdmin, SkipEula'],
      }),
      numbers: () => ({ Name: 'New policy', Category: 1, PolicySettings: [2, 16] }),
      'one number': () => ({ Name: 'New policy', Category: 0, PolicySettings: 18 }),
    },
    refusals: [
      ...memberRefusals,
      {
        what: 'no name',
        fault: 'InvalidInput',
        names: /^name is missing/,
        change: () => ({ body: { policySettings: [] } }),
      },
      {
        what: 'more policies than a customer may have',
        fault: 'TooManyPolicies',
        names: /500/,
        change: async ({ muster, customerId }) => {
          await muster.database.query(sql`
            insert into configuration_policies (policy_id, customer_id, name, name_folded, settings, created_at, modified_at)
            select gen_random_uuid(), ${customerId}, 'x', 'x', '{}', now(), now() from generate_series(1, 499)`);
          return {};
        },
      },
    ],
  },
  listPolicies: {
    check({ body }, { customerId, policyId }) {
      const { items, ...list } = body as { items: object[] };
      assert.deepEqual(list, {
        totalCount: 1,
        links: { self: { uri: `/customers/${customerId}/policies`, method: 'GET', headers: [] } },
        attributes: { objectType: 'Collection' },
      });
      assert.partialDeepStrictEqual(items, [{ id: policyId, ...kiosk }]);
    },
    refusals: [],
  },
  getPolicy: {
    check({ body }, { policyId }) {
      assert.partialDeepStrictEqual(body, { id: policyId, ...kiosk });
    },
    refusals: unknownPolicies,
  },
  updatePolicy: {
    body: ({ policyId }) => ({ id: policyId, name: 'Renamed', policySettings: ['remove_oem_preinstalls'] }),
    check({ body }, { policyId }) {
      assert.partialDeepStrictEqual(body, {
        ...kiosk,
        id: policyId,
        name: 'Renamed',
        policySettings: ['remove_oem_preinstalls'],
        attributes: { etag: '2' },
      });
    },
    spellings: {
      'the .NET SDK': ({ policyId }) =>
        dotnetPolicy({ Id: policyId, Name: 'Renamed', PolicySettings: ['remove_oem_preinstalls'] }),
      PowerShell: ({ policyId }) => ({
        Id: policyId,
        Name: 'Renamed',
        PolicySettings: ['RemoveOemPreinstalls'],
      }),
    },
    refusals: [...unknownPolicies, ...memberRefusals, staleTag],
  },
  deletePolicy: {
    async check({ body }, world) {
      assert.equal(body, undefined);
      const again = await send(world, { method: 'GET', path: pathOf('getPolicy', world) });
      assert.equal(again.status, 404);
    },
    refusals: [
      ...unknownPolicies,
      staleTag,
      {
        what: 'a policy that a device has',
        fault: 'PolicyInUse',
        names: /devices: 1\)/,
        change: async (world) => {
          const body = { policies: [{ key: 'o_o_b_e', value: world.policyId }] };
          const given = await send(world, { method: 'PUT', path: pathOf('updateDevice', world), body });
          assert.equal(given.status, 200);
          return {};
        },
      },
    ],
  },
} satisfies Partial<Record<OperationId, OperationCase>>;
