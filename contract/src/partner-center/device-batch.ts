import { Type, type Static } from '../schema.ts';
import { BatchJobStatus } from './batch-upload-details.ts';
import { DeviceList } from './device.ts';
import { Link, ResourceCollection } from './resource-collection.ts';
import { Text } from '../text.ts';

/** The partner chooses the batch ID freely; Microsoft publishes no rule for it (`docs/domain.md` 5.3). */
export const BatchId = Text({
  minLength: 1,
  maxLength: 256,
  description:
    'The name of the batch. Unique per customer and case-insensitive. Must not be blank, "." or "..".',
});

/** https://learn.microsoft.com/partner-center/developer/device-deployment-resources#devicebatchcreationrequest */
export const DeviceBatchCreationRequest = Type.Object(
  { batchId: BatchId, devices: DeviceList },
  { description: 'A new device batch and its first devices.' },
);
export type DeviceBatchCreationRequest = Static<typeof DeviceBatchCreationRequest>;

/** https://learn.microsoft.com/partner-center/developer/device-deployment-resources#devicebatch */
export const DeviceBatch = Type.Object(
  {
    id: Type.String({ description: 'The ID that was chosen when the batch was created.' }),
    createdBy: Type.String({ description: 'The user, or the application if no user was signed in.' }),
    creationDate: Type.String({ description: 'ISO 8601, UTC.' }),
    status: BatchJobStatus,
    devicesCount: Type.Integer({ description: 'The number of registered devices in the batch.' }),
    deviceCount: Type.Integer({ description: "The same number under the name in Microsoft's table." }),
    devicesLink: Link,
    attributes: Type.Object({ objectType: Type.Literal('DeviceBatch') }),
  },
  {
    description:
      'A named group of devices. Its status is processing while a job adds devices, otherwise finished.',
  },
);
export type DeviceBatch = Static<typeof DeviceBatch>;

export const DeviceBatchCollection = ResourceCollection(
  DeviceBatch,
  'All batches of a customer, oldest first. Not paged, because clients use it to decide whether to create a batch or add to one.',
);
export type DeviceBatchCollection = Static<typeof DeviceBatchCollection>;
