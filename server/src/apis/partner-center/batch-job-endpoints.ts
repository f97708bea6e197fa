import {
  deviceOutcomes,
  isDeviceFailure,
  parseGuid,
  type BatchUploadDetails,
  type DeviceUploadDetails,
} from '@muster/contract';
import type { FastifyReply } from 'fastify';
import { getBatchJob } from '../../registry/batches/get-batch-job.ts';
import type { Context } from '../../registry/context.ts';
import type { BatchJob, SubmittedDevice } from '../../store/jobs/batch-jobs.ts';
import { readAwaitedJob } from '../read-awaited-job.ts';
import type { OperationCall } from '../endpoint.ts';
import { endpoint } from './endpoint.ts';

/** A job of a few devices ends within milliseconds: waiting for it saves the client a second read, and the database one. */
const endWaitMs = 20;

/** Batch jobs. */
export const batchJobEndpoints = {
  /** GET customers/{c}/batchJobStatus/{t} */
  getBatchUploadStatus: endpoint('getBatchUploadStatus', (call) => {
    const { ctx, customerId, params, request, reply } = call;
    // Clients poll: most reads are of jobs that have ended, and need not wait for a promise.
    const body = findRemembered(ctx, customerId, params.trackingId ?? '');
    return body === undefined || request.headers.prefer !== undefined
      ? readStatus(call).then((status) => sendStatus(reply, status.body))
      : sendStatus(reply, body);
  }),
};

interface Status {
  readonly status: string;
  readonly body: string | Buffer;
}

function sendStatus(reply: FastifyReply, body: string | Buffer): FastifyReply {
  return reply.header('Content-Type', 'application/json; charset=utf-8').send(body);
}

function findRemembered(ctx: Context, customerId: string, trackingId: string): string | Buffer | undefined {
  return ctx.finishedStatuses.find(trackingId.toLowerCase(), customerId);
}

function readStatus(call: OperationCall): Promise<Status> {
  const { ctx, caller, customerId, params } = call;
  const text = params.trackingId ?? '';
  const trackingId = parseGuid(text);
  return readAwaitedJob({
    ...call,
    trackingId,
    partnerId: caller.partnerId,
    read: async () => {
      if (trackingId !== undefined) await ctx.localJobs.untilEnd(trackingId, endWaitMs);
      const body = findRemembered(ctx, customerId, text);
      return body === undefined ? readStoredStatus(ctx, customerId, text) : { status: 'finished', body };
    },
    hasEnded: ({ status }) => status.startsWith('finished'),
  });
}

function readStoredStatus(ctx: Context, customerId: string, trackingId: string): Promise<Status> {
  return ctx.statusReads.read(`${customerId}/${trackingId.toLowerCase()}`, async (last) => {
    const job = await getBatchJob(ctx, { customerId, trackingId }, last);
    if (!job) return undefined;
    const body = job.completedAt ? rememberFinishedStatus(ctx.finishedStatuses, job) : renderStatus(job);
    return { status: job.status, processed: job.outcomes.length, body };
  });
}

/** Renders the response for a finished job and keeps it in memory: it never changes. */
export function rememberFinishedStatus(statuses: Context['finishedStatuses'], job: BatchJob): Buffer {
  const body = renderStatus(job);
  statuses.remember(job.trackingId, job.customerId, body);
  return body;
}

/** The response to a status read, byte for byte. */
export function renderStatus(job: BatchJob): Buffer {
  return Buffer.from(JSON.stringify(describeBatchJob(job)));
}

/** A job in the shape of Partner Center's API: members in the order of Microsoft's example, absent if they have no value. */
function describeBatchJob(job: BatchJob): BatchUploadDetails {
  const succeeded = job.outcomes.filter((outcome) => outcome === 'succeeded').length;
  const pending = job.status === 'queued' ? 'queued' : 'processing';
  return {
    batchTrackingId: job.trackingId,
    status: job.status,
    ...(job.startedAt && { startedTime: job.startedAt.toISOString() }),
    ...(job.completedAt && { completedTime: job.completedAt.toISOString() }),
    devicesStatus: job.devices.map((device, position) =>
      describeDevice(device, {
        outcome: job.outcomes[position],
        pending,
        // Other jobs name the device themselves; an upload gives it its id when it succeeds.
        hasId: job.kind !== 'register_devices' || job.outcomes[position] === 'succeeded',
      }),
    ),
    attributes: { objectType: 'BatchUploadDetails' },
    progress: {
      total: job.devices.length,
      processed: job.outcomes.length,
      succeeded,
      failed: job.outcomes.length - succeeded,
    },
  };
}

function describeDevice(
  device: SubmittedDevice,
  {
    outcome,
    pending,
    hasId,
  }: { outcome: string | undefined; pending: 'queued' | 'processing'; hasId: boolean },
): DeviceUploadDetails {
  return {
    ...(hasId && { deviceId: device.deviceId }),
    ...(device.serialNumber !== undefined && { serialNumber: device.serialNumber }),
    ...(device.productKey !== undefined && { productKey: device.productKey }),
    ...describeOutcome(outcome, pending),
    attributes: { objectType: 'DeviceUploadDetails' },
  };
}

function describeOutcome(
  outcome: string | undefined,
  pending: 'queued' | 'processing',
): Pick<DeviceUploadDetails, 'status' | 'errorCode' | 'errorDescription'> {
  if (outcome === undefined) return { status: pending };
  if (outcome === 'succeeded') return { status: 'finished' };
  const errorCode = isDeviceFailure(outcome) ? deviceOutcomes[outcome].errorCode : undefined;
  return {
    status: 'finished_with_errors',
    ...(errorCode !== undefined && { errorCode }),
    errorDescription: outcome,
  };
}
