import { Type, type Static } from '../schema.ts';

/** The values that every client's enum contains; any other value breaks at least one client (`docs/wire.md` 4). */
export const BatchJobStatus = Type.Union(
  [
    Type.Literal('unknown'),
    Type.Literal('queued'),
    Type.Literal('processing'),
    Type.Literal('finished'),
    Type.Literal('finished_with_errors'),
  ],
  {
    description:
      'Only moves forward: queued, processing, finished. `finished_with_errors` for a device: see its errorCode; for a job: the job itself failed.',
  },
);
export type BatchJobStatus = Static<typeof BatchJobStatus>;

/** Members that do not exist yet are absent, never null (`docs/wire.md` 4). Member order is that of the documented example. */
export const DeviceUploadDetails = Type.Object(
  {
    deviceId: Type.Optional(
      Type.String({ description: 'The ID of the registered device. Absent until it is registered.' }),
    ),
    serialNumber: Type.Optional(
      Type.String({
        description: 'As submitted; if only a hardware hash was submitted, the serial number in it.',
      }),
    ),
    productKey: Type.Optional(Type.String({ description: 'As submitted.' })),
    status: BatchJobStatus,
    errorCode: Type.Optional(
      Type.String({ description: 'A number as a string. Absent on success, and if no number is published.' }),
    ),
    errorDescription: Type.Optional(Type.String({ description: 'The symbolic name of the error.' })),
    attributes: Type.Object({ objectType: Type.Literal('DeviceUploadDetails') }),
  },
  { description: 'The result for one submitted device.' },
);
export type DeviceUploadDetails = Static<typeof DeviceUploadDetails>;

/** The progress of a job, an addition by Muster. `processed` = `succeeded` + `failed`. */
export const BatchJobProgress = Type.Object({
  total: Type.Integer(),
  processed: Type.Integer(),
  succeeded: Type.Integer(),
  failed: Type.Integer(),
});
export type BatchJobProgress = Static<typeof BatchJobProgress>;

/** https://learn.microsoft.com/partner-center/developer/get-the-status-of-a-device-batch-upload */
export const BatchUploadDetails = Type.Object(
  {
    batchTrackingId: Type.String({ description: 'The GUID from the Location header.' }),
    status: BatchJobStatus,
    startedTime: Type.Optional(Type.String({ description: 'ISO 8601, UTC; absent until the job starts.' })),
    completedTime: Type.Optional(
      Type.String({ description: 'ISO 8601, UTC; absent until the job finishes.' }),
    ),
    devicesStatus: Type.Array(DeviceUploadDetails, {
      description: 'One entry per submitted device, in the order of submission.',
    }),
    attributes: Type.Object({ objectType: Type.Literal('BatchUploadDetails') }),
    progress: BatchJobProgress,
  },
  { description: 'The status of a batch job and of every device in it.' },
);
export type BatchUploadDetails = Static<typeof BatchUploadDetails>;
