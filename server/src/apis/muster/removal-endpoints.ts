import type { Job } from '@muster/contract/muster/job';
import type { DryRunResult } from '@muster/contract';
import type { FastifyReply } from 'fastify';
import { getJob } from '../../registry/jobs/read-jobs.ts';
import {
  devicesById,
  devicesOfBatch,
  devicesOfJob,
  type ChosenDevices,
} from '../../registry/removals/choose-devices.ts';
import { removeDevices, tryRemoval } from '../../registry/removals/remove-devices.ts';
import { RegistryError } from '../../registry/registry-error.ts';
import { describeDryRun } from '../partner-center/describe-dry-run.ts';
import { describeJob } from './job-endpoints.ts';
import { musterEndpoint, type MusterCall } from './muster-endpoint.ts';

/** The statement that stores the job writes the audit record, too: the job may run before the response is made. */
const makesJob = { takesDevices: true };

/** Removals of devices: by the job that registered them, by batch, and by id. */
export const removalEndpoints = {
  /** POST jobs/{t}/undo */
  undoJob: musterEndpoint(
    'undoJob',
    async (call) => answer(call, () => devicesOfJob(call.ctx, call.caller, call.params.trackingId ?? '')),
    makesJob,
  ),

  /** POST customers/{c}/deviceBatches/{b}/removal */
  removeBatchDevices: musterEndpoint(
    'removeBatchDevices',
    async (call) => {
      const { customerId, params } = call;
      const { batchId = '' } = params;
      // No batch id has a NUL, and PostgreSQL takes none in a parameter.
      if (batchId.includes('\0')) throw new RegistryError({ kind: 'batch-not-found', batchId });
      return answer(call, () => devicesOfBatch(call.ctx, { customerId, batchId }));
    },
    makesJob,
  ),

  /** POST customers/{c}/deviceRemovals */
  removeDevices: musterEndpoint(
    'removeDevices',
    async (call) => {
      const { customerId, body } = call;
      return answer(call, () => devicesById(call.ctx, { customerId, deviceIds: body.deviceIds }));
    },
    makesJob,
  ),
};

/** 202 with the job that removes the devices, or what it would do. */
async function answer(
  call: MusterCall,
  choose: () => Promise<ChosenDevices>,
): Promise<FastifyReply | Job | DryRunResult> {
  const { ctx, caller, reply, request } = call;
  if (call.isDryRun) return describeDryRun(await tryRemoval(ctx, await choose()), request.ms.locale);
  const trackingId = await removeDevices(ctx, call, choose);
  const job = await getJob(ctx, { partnerId: caller.partnerId, trackingId });
  reply.header('Location', `/customers/${job.customerId}/batchJobStatus/${trackingId}`);
  return describeJob(job);
}
