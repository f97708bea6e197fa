import { Type, type Static } from 'typebox';
import { BatchJobStatus } from './batch-upload-details.ts';
import { DeviceList } from './device.ts';
import { Link, ResourceCollection } from './resource-collection.ts';
import { Text } from '../text.ts';

/** A batch id is a free text that the partner chooses; Microsoft publishes no rule for it (`docs/domain.md` 5.3). */
export const BatchId = Text({
  minLength: 1,
  maxLength: 256,
  description:
    'The name of the batch, unique for the customer without regard to case. Not blank, and not "." or "..".',
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
    id: Type.String({ description: 'As it was given when the batch was created.' }),
    createdBy: Type.String({ description: 'The user, or the application that acted as itself.' }),
    creationDate: Type.String({ description: 'ISO 8601, UTC.' }),
    status: BatchJobStatus,
    devicesCount: Type.Integer({ description: 'Registered devices in the batch now.' }),
    deviceCount: Type.Integer({ description: "The same number under the name of Microsoft's table." }),
    devicesLink: Link,
    attributes: Type.Object({ objectType: Type.Literal('DeviceBatch') }),
  },
  {
    description: 'A named group of devices. Its status: processing while a job adds devices, else finished.',
  },
);
export type DeviceBatch = Static<typeof DeviceBatch>;

export const DeviceBatchCollection = ResourceCollection(
  DeviceBatch,
  'All batches of a customer, oldest first. Never paged: clients decide from it whether to create or to add.',
);
export type DeviceBatchCollection = Static<typeof DeviceBatchCollection>;
