import { Type, type Static } from '../schema.ts';
import { Text } from '../text.ts';
import { Guid, ListPage, Query, Time, pageQuery, readers, type MusterOperation } from './muster-operation.ts';

/** A registered device with what it belongs to. Members that have no value are absent; its hardware hash is never there. */
export const RegisteredDevice = Type.Object(
  {
    deviceId: Type.String(),
    customerId: Type.String(),
    customerName: Type.String({ description: "The customer's company name." }),
    batchId: Type.String(),
    serialNumber: Type.Optional(
      Type.String({ description: 'As submitted; where only a hash was, the serial number inside it.' }),
    ),
    productKey: Type.Optional(Type.String()),
    oemManufacturerName: Type.Optional(Type.String()),
    modelName: Type.Optional(Type.String()),
    policyId: Type.Optional(Type.String({ description: 'The configuration policy; absent: none.' })),
    policyName: Type.Optional(Type.String()),
    registeredAt: Type.String({ description: 'When its upload was accepted. ISO 8601, UTC.' }),
    removedAt: Type.Optional(
      Type.String({ description: 'When its registration was removed. Absent: it is registered.' }),
    ),
  },
  { description: 'A registered device, with its customer, its batch and its policy.' },
);
export type RegisteredDevice = Static<typeof RegisteredDevice>;

export const RegisteredDevicePage = ListPage(RegisteredDevice, 'Registered devices.');
export type RegisteredDevicePage = Static<typeof RegisteredDevicePage>;

/** The shortest prefix that devices are found by: a shorter one would be most of a registry. */
export const serialPrefixMin = 3;

/** What to find devices by: exactly one of the first five. All values are texts, `%` and `*` too. */
export const DeviceFindRequest = Type.Object(
  {
    serialNumber: Type.Optional(
      Text({ minLength: 1, maxLength: 256, description: 'The whole serial number, in its letter case.' }),
    ),
    serialPrefix: Type.Optional(
      Text({
        minLength: serialPrefixMin,
        maxLength: 256,
        description: 'What the serial number begins with, in its letter case.',
      }),
    ),
    productKey: Type.Optional(Text({ minLength: 1, maxLength: 256, description: 'The product key.' })),
    deviceId: Type.Optional(Guid('The ID of the device.')),
    hardwareHash: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'A hardware hash in base64. Devices are found by the hash itself and by what it says of the machine, so a new hash of a known machine finds it, too.',
      }),
    ),
    includeRemoved: Type.Optional(
      Type.Boolean({
        description:
          'Whether devices are found that are no longer registered. Not by hardware hash: what a device was known by is erased with it. Default: false.',
      }),
    ),
    ...pageQuery,
  },
  { additionalProperties: false, description: 'What to find devices by.' },
);
export type DeviceFindRequest = Static<typeof DeviceFindRequest>;

/** Which devices of a customer. */
export const CustomerDeviceQuery = Query({
  ...pageQuery,
  batchId: Type.Optional(
    Text({ minLength: 1, maxLength: 256, description: 'Of this batch, in any letter case.' }),
  ),
  policyId: Type.Optional(Guid('With this configuration policy.')),
  since: Type.Optional(Time('Registered at or after this time.')),
});
export type CustomerDeviceQuery = Static<typeof CustomerDeviceQuery>;

/** What happened to a device. */
export const DeviceEventKind = Type.Union(
  [
    Type.Literal('registered'),
    Type.Literal('upload_refused'),
    Type.Literal('policy_changed'),
    Type.Literal('moved'),
    Type.Literal('removed'),
  ],
  {
    description:
      'What happened. `upload_refused`: an upload named the device when it was registered already.',
  },
);
export type DeviceEventKind = Static<typeof DeviceEventKind>;

/** One thing that happened to a device. */
export const DeviceEvent = Type.Object(
  {
    at: Type.String({ description: 'When. ISO 8601, UTC.' }),
    kind: DeviceEventKind,
    customerId: Type.String({
      description:
        'The customer that the device belonged to afterwards; of a refused upload, the customer it was for.',
    }),
    customerName: Type.String(),
    by: Type.Optional(Type.String({ description: 'The user or application that did it.' })),
    trackingId: Type.Optional(Type.String({ description: 'The job that did it.' })),
    batchId: Type.Optional(Type.String({ description: 'The batch of the upload.' })),
    outcome: Type.Optional(Type.String({ description: 'What became of the device in an upload.' })),
    errorCode: Type.Optional(Type.String({ description: 'The number of this outcome as text.' })),
    policyId: Type.Optional(
      Type.String({ description: 'The policy that the device got. Absent from `policy_changed`: none.' }),
    ),
    policyName: Type.Optional(Type.String({ description: 'Absent where the policy is gone.' })),
  },
  { description: 'One thing that happened to a device.' },
);
export type DeviceEvent = Static<typeof DeviceEvent>;

export const DeviceEventPage = ListPage(DeviceEvent, 'What happened to a device, in order.');
export type DeviceEventPage = Static<typeof DeviceEventPage>;

export const DeviceEventQuery = Query(pageQuery);

const reference = 'docs/muster-api.md#devices';

/** Devices, one row per operation. */
export const deviceOperations = {
  findDevices: {
    method: 'POST',
    path: '/devices/find',
    summary: 'Find devices of any customer by serial number, product key, device ID or hardware hash.',
    description:
      'A POST, so that serial numbers and hashes are in no URL. Changes nothing. Devices of other partners are never found.',
    reference,
    roles: readers,
    body: DeviceFindRequest,
    success: { status: 200, body: RegisteredDevicePage },
    faults: ['InvalidInput', 'MalformedBody', 'BodyTooLarge'],
  },
  getRegisteredDevice: {
    method: 'GET',
    path: '/devices/{deviceId}',
    summary: 'Get one device of any customer of the partner, registered or removed.',
    description: 'The device ID is enough: neither the customer nor the batch need be known.',
    reference,
    roles: readers,
    success: { status: 200, body: RegisteredDevice },
    faults: ['RegisteredDeviceNotFound'],
  },
  listDeviceHistory: {
    method: 'GET',
    path: '/devices/{deviceId}/history',
    summary: 'List what happened to a device: uploads that named it, changes of policy, moves, its removal.',
    description:
      'Who, when, and by which job. Devices that were removed keep their history. Uploads of other partners are not told.',
    reference,
    roles: readers,
    query: DeviceEventQuery,
    success: { status: 200, body: DeviceEventPage },
    faults: ['InvalidInput', 'RegisteredDeviceNotFound'],
  },
  listCustomerDevices: {
    method: 'GET',
    path: '/customers/{customerId}/devices',
    summary: 'List the devices of a customer across its batches.',
    description:
      'Batch after batch, and in each in the order of registration. A device that is removed meanwhile makes no page skip another.',
    reference,
    roles: readers,
    query: CustomerDeviceQuery,
    success: { status: 200, body: RegisteredDevicePage },
    faults: ['InvalidInput'],
  },
} as const satisfies Record<string, MusterOperation>;
