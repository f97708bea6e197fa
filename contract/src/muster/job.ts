import { Type, type Static } from '../schema.ts';
import { Text } from '../text.ts';
import { Guid, ListPage, Query, Time, pageQuery, readers, type MusterOperation } from './muster-operation.ts';

/** How far a job is. It moves forward only, and ends in one of the last two. */
export const JobState = Type.Union(
  [
    Type.Literal('queued'),
    Type.Literal('processing'),
    Type.Literal('finished'),
    Type.Literal('finished_with_errors'),
  ],
  {
    description:
      'A job is `finished` even if devices failed: see `devices.failed`. `finished_with_errors`: the job itself failed, and the remaining devices have the outcome StorageError.',
  },
);
export type JobState = Static<typeof JobState>;

/** What a job does with its devices. */
export const JobKind = Type.Union(
  [Type.Literal('register_devices'), Type.Literal('update_policies'), Type.Literal('remove_devices')],
  {
    description: 'What the job does with its devices.',
  },
);
export type JobKind = Static<typeof JobKind>;

/** How many devices of a job have an outcome, and which. */
export const OutcomeCount = Type.Object(
  {
    outcome: Type.String({ description: '`succeeded`, or the name of a failure.' }),
    errorCode: Type.Optional(
      Type.String({ description: 'A number as a string. Absent on success, and if no number is published.' }),
    ),
    count: Type.Integer(),
  },
  { description: 'The number of devices of a job that have this outcome.' },
);

/** A batch job as a whole. Members that do not exist yet are absent. */
export const Job = Type.Object(
  {
    trackingId: Type.String({ description: 'The GUID from the Location header.' }),
    customerId: Type.String(),
    customerName: Type.String({ description: "The customer's company name." }),
    kind: JobKind,
    state: JobState,
    batchId: Type.Optional(
      Type.String({
        description: 'The batch. Absent for a policy update, which can affect several batches.',
      }),
    ),
    createdBy: Type.String({ description: 'The user or application whose request created the job.' }),
    createdAt: Type.String({ description: 'ISO 8601, UTC.' }),
    startedAt: Type.Optional(Type.String({ description: 'ISO 8601, UTC.' })),
    completedAt: Type.Optional(Type.String({ description: 'ISO 8601, UTC.' })),
    devices: Type.Object(
      {
        total: Type.Integer(),
        succeeded: Type.Integer(),
        failed: Type.Integer(),
        pending: Type.Integer({ description: 'Devices without an outcome yet.' }),
      },
      { description: 'The number of devices in the job.' },
    ),
    outcomes: Type.Array(OutcomeCount, { description: 'Outcomes so far, most frequent first.' }),
  },
  { description: 'A batch job and its progress.' },
);
export type Job = Static<typeof Job>;

/** What became of one device of a job. */
export const JobDevice = Type.Object(
  {
    position: Type.Integer({ description: 'The position of the device in the request, starting at 1.' }),
    reference: Type.Optional(Type.String({ description: 'As submitted.' })),
    deviceId: Type.Optional(
      Type.String({ description: 'The ID of the registered device. Absent if it was not registered.' }),
    ),
    serialNumber: Type.Optional(
      Type.String({
        description: 'As submitted; if only a hardware hash was submitted, the serial number in it.',
      }),
    ),
    productKey: Type.Optional(Type.String({ description: 'As submitted.' })),
    oemManufacturerName: Type.Optional(Type.String()),
    modelName: Type.Optional(Type.String()),
    outcome: Type.Optional(
      Type.String({
        description: '`succeeded`, or the name of the failure. Absent until there is an outcome.',
      }),
    ),
    errorCode: Type.Optional(
      Type.String({ description: 'A number as a string. Absent on success, and if no number is published.' }),
    ),
    meaning: Type.Optional(
      Type.String({ description: 'Why the device failed, in the language of the request.' }),
    ),
    remedy: Type.Optional(Type.String({ description: 'What to do, in the language of the request.' })),
  },
  { description: 'One device of a job and its outcome.' },
);
export type JobDevice = Static<typeof JobDevice>;

export const JobPage = ListPage(Job, 'Jobs, newest first.');
export type JobPage = Static<typeof JobPage>;

export const JobDevicePage = ListPage(JobDevice, 'The devices of a job, in the order of submission.');
export type JobDevicePage = Static<typeof JobDevicePage>;

/** Which jobs. */
export const JobQuery = Query({
  ...pageQuery,
  customerId: Type.Optional(Guid('Only jobs of this customer. Default: all customers.')),
  batchId: Type.Optional(
    Text({
      minLength: 1,
      maxLength: 256,
      description: 'Only jobs of batches with this ID. Case is ignored.',
    }),
  ),
  state: Type.Optional(JobState),
  hasFailures: Type.Optional(
    Type.Boolean({ description: 'true: jobs with failed devices; false: jobs without.' }),
  ),
  since: Type.Optional(Time('Only jobs accepted at or after this time.')),
});
export type JobQuery = Static<typeof JobQuery>;

/** Which devices of a job. */
export const JobDeviceQuery = Query({
  ...pageQuery,
  outcome: Type.Optional(
    Text({
      minLength: 1,
      maxLength: 64,
      description: '`succeeded`, `failed` (any failure), `pending`, or the name or code of one failure.',
    }),
  ),
});
export type JobDeviceQuery = Static<typeof JobDeviceQuery>;

const reference = 'docs/muster-api.md#jobs';

/** Jobs, one row per operation. */
export const jobOperations = {
  listJobs: {
    method: 'GET',
    path: '/jobs',
    summary: "List the jobs of one or all of the partner's customers, newest first.",
    description:
      'Use it to find a lost tracking ID. Jobs that start in the meantime do not affect the pages.',
    reference,
    roles: readers,
    query: JobQuery,
    success: { status: 200, body: JobPage },
    faults: ['InvalidInput', 'CustomerForbidden'],
  },
  getJob: {
    method: 'GET',
    path: '/jobs/{trackingId}',
    summary: "Get a job of any of the partner's customers.",
    description: 'Only the tracking ID is required, not the customer.',
    reference,
    roles: readers,
    success: { status: 200, body: Job },
    faults: ['JobNotFound'],
  },
  listJobDevices: {
    method: 'GET',
    path: '/jobs/{trackingId}/devices',
    summary: 'List the devices of a job with their outcomes, in the order of submission.',
    description:
      'Includes the meaning and remedy of each failure, in the language of X-Locale. While the job is running, devices that have not been processed have no outcome.',
    reference,
    roles: readers,
    query: JobDeviceQuery,
    success: { status: 200, body: JobDevicePage },
    faults: ['InvalidInput', 'JobNotFound'],
  },
} as const satisfies Record<string, MusterOperation>;
