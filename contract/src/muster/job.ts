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
      'A job in which devices failed is `finished`, too: see `devices.failed`. `finished_with_errors`: the job itself broke, and the devices that it had not reached have the outcome StorageError.',
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
      Type.String({ description: 'A number as text. Absent on success, and where no number is published.' }),
    ),
    count: Type.Integer(),
  },
  { description: 'How many devices of a job have one outcome.' },
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
      Type.String({ description: 'The batch; absent for a policy update, which may span several.' }),
    ),
    createdBy: Type.String({ description: 'The user or application whose call made the job.' }),
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
      { description: 'How many devices the job has.' },
    ),
    outcomes: Type.Array(OutcomeCount, { description: 'Outcomes so far, the most frequent first.' }),
  },
  { description: 'A batch job and how far it is.' },
);
export type Job = Static<typeof Job>;

/** What became of one device of a job. */
export const JobDevice = Type.Object(
  {
    position: Type.Integer({ description: 'Where the device stands in the call, from 1.' }),
    deviceId: Type.Optional(
      Type.String({ description: 'The id of the registered device; absent where none was registered.' }),
    ),
    serialNumber: Type.Optional(
      Type.String({ description: 'As submitted; where only a hash was, the serial number inside it.' }),
    ),
    productKey: Type.Optional(Type.String({ description: 'As submitted.' })),
    oemManufacturerName: Type.Optional(Type.String()),
    modelName: Type.Optional(Type.String()),
    outcome: Type.Optional(
      Type.String({ description: '`succeeded`, or the name of the failure; absent until there is one.' }),
    ),
    errorCode: Type.Optional(
      Type.String({ description: 'A number as text. Absent on success, and where no number is published.' }),
    ),
    meaning: Type.Optional(
      Type.String({ description: 'Why the device failed, in the language of the request.' }),
    ),
    remedy: Type.Optional(Type.String({ description: 'What to do, in the language of the request.' })),
  },
  { description: 'One device of a job and its outcome.' },
);
export type JobDevice = Static<typeof JobDevice>;

export const JobPage = ListPage(Job, 'Jobs, the newest first.');
export type JobPage = Static<typeof JobPage>;

export const JobDevicePage = ListPage(JobDevice, 'Devices of a job, in the order submitted.');
export type JobDevicePage = Static<typeof JobDevicePage>;

/** Which jobs. */
export const JobQuery = Query({
  ...pageQuery,
  customerId: Type.Optional(Guid("One customer's. Default: all customers'.")),
  batchId: Type.Optional(
    Text({
      minLength: 1,
      maxLength: 256,
      description: 'Of batches with this id, in any letter case.',
    }),
  ),
  state: Type.Optional(JobState),
  hasFailures: Type.Optional(
    Type.Boolean({ description: 'true: jobs with failed devices; false: jobs without.' }),
  ),
  since: Type.Optional(Time('Jobs accepted at or after this time.')),
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
    summary: "List the jobs of one customer, or of all the partner's customers, the newest first.",
    description:
      'A tracking id that was lost is found here. Jobs that begin meanwhile do not disturb the pages.',
    reference,
    roles: readers,
    query: JobQuery,
    success: { status: 200, body: JobPage },
    faults: ['InvalidInput', 'CustomerForbidden'],
  },
  getJob: {
    method: 'GET',
    path: '/jobs/{trackingId}',
    summary: 'Get one job of any customer of the partner.',
    description: 'The tracking id is enough: the customer need not be known.',
    reference,
    roles: readers,
    success: { status: 200, body: Job },
    faults: ['JobNotFound'],
  },
  listJobDevices: {
    method: 'GET',
    path: '/jobs/{trackingId}/devices',
    summary: 'List the devices of a job with their outcomes, in the order submitted.',
    description:
      'With what each failure means and what to do about it, in the language that X-Locale asks for. While the job runs, devices that it has not reached have no outcome.',
    reference,
    roles: readers,
    query: JobDeviceQuery,
    success: { status: 200, body: JobDevicePage },
    faults: ['InvalidInput', 'JobNotFound'],
  },
} as const satisfies Record<string, MusterOperation>;
