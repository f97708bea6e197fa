import { randomUUID } from 'node:crypto';
import type { SubmittedDevice } from '@muster/contract';
import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import type { NewBatchJob } from '../store/batch-jobs.ts';
import { prepareUpload } from './prepare-upload.ts';

/** How long a repeated call gets the first answer. */
export const replayMs = 24 * 60 * 60 * 1000;

/** Who calls, for which customer, and what tells a repeat of this very call. */
export interface Call {
  readonly caller: Caller;
  readonly customerId: string;
  readonly requestKey: string | undefined;
}

/** A job for the devices of one call, ready to be stored. */
export function newBatchJob(
  ctx: Context,
  call: Call,
  upload: { batchId: string; devices: readonly SubmittedDevice[]; member: string },
): NewBatchJob {
  const now = ctx.now();
  return {
    trackingId: randomUUID(),
    customerId: call.customerId,
    batchId: upload.batchId,
    createdBy: call.caller.name,
    createdAt: now,
    ...prepareUpload(ctx, upload.devices, upload.member),
    requestKey: call.requestKey,
    replaysAfter: new Date(now.getTime() - replayMs),
  };
}
