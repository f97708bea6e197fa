import {
  deviceOutcomes,
  isDeviceFailure,
  type BatchUploadDetails,
  type DeviceUploadDetails,
} from '@muster/contract';
import type { BatchJob, JobDevice } from '../../store/jobs/batch-jobs.ts';

/** A job as the wire tells it: members in the order of Microsoft's example, absent where there is nothing to say. */
export function describeBatchJob(job: BatchJob): BatchUploadDetails {
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
        // A policy update names the device itself; an upload gives it its id when it succeeds.
        hasId: job.kind === 'update_policies' || job.outcomes[position] === 'succeeded',
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
  device: JobDevice,
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
