import { Type, type Static } from 'typebox';
import { DeviceList } from './device.ts';
import { Text } from './text.ts';

/** A batch id is a free text that the partner chooses; Microsoft publishes no rule for it (`domain.md` 5.3). */
export const BatchId = Text({
  minLength: 1,
  maxLength: 256,
  description: 'The name of the batch, unique for the customer without regard to case.',
});

/** https://learn.microsoft.com/partner-center/developer/device-deployment-resources#devicebatchcreationrequest */
export const DeviceBatchCreationRequest = Type.Object(
  { batchId: BatchId, devices: DeviceList },
  { description: 'A new device batch and its first devices.' },
);
export type DeviceBatchCreationRequest = Static<typeof DeviceBatchCreationRequest>;
