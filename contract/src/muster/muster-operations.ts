import { auditOperations } from './audit-record.ts';
import { deviceOperations } from './device.ts';
import { hardwareHashOperations } from './hardware-hash.ts';
import { eventOperations } from './event.ts';
import { jobOperations } from './job.ts';
import type { MusterOperation } from './muster-operation.ts';
import { webhookEndpointOperations } from './webhook-endpoint.ts';
import { removalOperations } from './removal.ts';

/** The nouns of Muster's own API, in the order of the published document. */
export const musterNouns: readonly {
  readonly tag: string;
  readonly description: string;
  readonly operations: Readonly<Record<string, MusterOperation>>;
}[] = [
  {
    tag: 'Muster: jobs',
    description: "The batch jobs of all of the partner's customers, and the outcome of each device.",
    operations: jobOperations,
  },
  {
    tag: 'Muster: webhooks',
    description: 'Endpoints of the partner that are told of events, by the Standard Webhooks specification.',
    operations: webhookEndpointOperations,
  },
  {
    tag: 'Muster: audit',
    description: 'Who changed what, and who was refused.',
    operations: auditOperations,
  },
  {
    tag: 'Muster: removals',
    description: 'Devices of a job, of a batch, or by id are removed in one job.',
    operations: removalOperations,
  },
  {
    tag: 'Muster: devices',
    description: "Registered devices of all the partner's customers: found, listed, and where they belong.",
    operations: deviceOperations,
  },
  {
    tag: 'Muster: hardware hashes',
    description: 'What hardware hashes say about their devices.',
    operations: hardwareHashOperations,
  },
  {
    tag: 'Muster: events',
    description: 'What happened, as a list or as a live stream.',
    operations: eventOperations,
  },
];

/** Muster's own API, one row per operation. The routes, the published document and the SDK read it. */
export const musterOperations = {
  ...jobOperations,
  ...webhookEndpointOperations,
  ...auditOperations,
  ...removalOperations,
  ...deviceOperations,
  ...hardwareHashOperations,
  ...eventOperations,
};

export type MusterOperationId = keyof typeof musterOperations;
