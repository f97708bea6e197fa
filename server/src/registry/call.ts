import type { Caller } from './caller.ts';
import type { Context } from './context.ts';
import {
  findRequestResult,
  type IdempotentRequest,
  type RequestResult,
} from '../store/registry/idempotent-requests.ts';

/** How long a repeated call gets the first answer. */
export const replayMs = 24 * 60 * 60 * 1000;

/** Who calls, for which customer, and what tells a repeat of this very call. */
export interface Call {
  readonly caller: Caller;
  readonly customerId: string;
  readonly requestKey: string | undefined;
  /** Called when the call is answered with what an identical one was answered with before. */
  readonly onReplay?: () => void;
}

/** A call as the store remembers it. */
export function newRequest(ctx: Context, { requestKey }: Call): IdempotentRequest {
  const createdAt = ctx.now();
  return { requestKey, createdAt, replaysAfter: new Date(createdAt.getTime() - replayMs) };
}

/** What this very call did before; undefined when it is no repeat, or when the client gave no MS-RequestId. */
export async function findReplay(ctx: Context, call: Call): Promise<RequestResult | undefined> {
  const { requestKey, replaysAfter } = newRequest(ctx, call);
  const result =
    requestKey === undefined ? undefined : await findRequestResult(ctx.db, requestKey, replaysAfter);
  if (result !== undefined) call.onReplay?.();
  return result;
}

/** The tracking id of the job that this very call made before; undefined when it made none. */
export async function findReplayedJob(ctx: Context, call: Call): Promise<string | undefined> {
  const result = await findReplay(ctx, call);
  return result?.kind === 'batch_job' ? result.resourceId : undefined;
}

/** The same, where it is known that this call is a repeat. */
export async function getReplayedJob(ctx: Context, call: Call): Promise<string> {
  const trackingId = await findReplayedJob(ctx, call);
  if (trackingId === undefined)
    throw new Error('A repeated call was found, but not the job of the first one.');
  return trackingId;
}
