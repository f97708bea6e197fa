import { Type, type Static } from '../schema.ts';
import { Identifier } from '../text.ts';
import { DryRunResult } from '../partner-center/dry-run.ts';
import { Job } from './job.ts';
import { managers, Query, type MusterOperation } from './muster-operation.ts';

/** The query of operations that can be tried out. */
const RemovalQuery = Query({
  dryRun: Type.Optional(
    Type.Boolean({
      description:
        'true: nothing is removed, and the response is 200 with the outcome that each device would have.',
    }),
  ),
});

/** Devices to remove, by their ids. */
export const DeviceRemovalRequest = Type.Object(
  {
    deviceIds: Type.Array(Identifier({ maxLength: 256, description: 'A device ID.' }), {
      description: 'The devices to remove: at least one. An unknown one is an outcome: 807.',
    }),
  },
  { additionalProperties: false, description: 'The devices to remove.' },
);
export type DeviceRemovalRequest = Static<typeof DeviceRemovalRequest>;

const removal = {
  method: 'POST',
  reference: 'docs/muster-api.md#removals',
  roles: managers,
  query: RemovalQuery,
  success: { status: 202, body: Job },
  dryRun: DryRunResult,
} as const;

const outcomes =
  'The job has an outcome for each device: `succeeded` for one that was removed. The others stay: 807, it is not registered any more; 806, it was registered again by another upload; 808, it belongs to another customer now. With `dryRun=true`, the response is 200 with these outcomes, and nothing is removed.';

/** Removals of devices, one row per operation. */
export const removalOperations = {
  undoJob: {
    ...removal,
    path: '/jobs/{trackingId}/undo',
    summary: 'Remove every device that a job registered.',
    description: `The job must be finished. What it registered and somebody has removed since stays removed. ${outcomes}`,
    faults: ['InvalidInput', 'JobNotFound', 'JobNotFinished', 'NothingToRemove'],
  },
  removeBatchDevices: {
    ...removal,
    path: '/customers/{customerId}/deviceBatches/{batchId}/removal',
    summary: 'Remove the devices of a batch.',
    description: `One job removes the first 10,000 devices: call again until the fault NothingToRemove says that the batch is empty. The batch itself stays. ${outcomes}`,
    faults: ['InvalidInput', 'BatchNotFound', 'NothingToRemove'],
  },
  removeDevices: {
    ...removal,
    path: '/customers/{customerId}/deviceRemovals',
    summary: 'Remove many devices of a customer in one job.',
    description: `Devices of any batch. A device that is listed twice is removed once, and has one outcome. ${outcomes}`,
    body: DeviceRemovalRequest,
    faults: ['InvalidInput', 'MalformedBody', 'BodyTooLarge', 'TooManyDevices'],
  },
} as const satisfies Record<string, MusterOperation>;
