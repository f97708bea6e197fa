import type { Caller } from './caller.ts';
import type { Context } from './context.ts';
import { findReplay, type IdempotentRequest } from '../store/registry/idempotent-requests.ts';

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

/** What this very call was answered with before; undefined when it was not, or when the client gave no MS-RequestId. */
export async function findAnswer(ctx: Context, call: Call): Promise<string | undefined> {
  const { requestKey, replaysAfter } = newRequest(ctx, call);
  const answer = requestKey === undefined ? undefined : await findReplay(ctx.db, requestKey, replaysAfter);
  if (answer !== undefined) call.onReplay?.();
  return answer;
}

/** The same, where it is known that this call was answered before. */
export async function getAnswer(ctx: Context, call: Call): Promise<string> {
  const answer = await findAnswer(ctx, call);
  if (answer === undefined)
    throw new Error('A repeated call was found, but not the answer to the first one.');
  return answer;
}
