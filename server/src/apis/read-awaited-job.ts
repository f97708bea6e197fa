import type { FastifyReply, FastifyRequest } from 'fastify';
import { readWaitPreference } from '../http/wait-preference.ts';
import type { Context } from '../registry/context.ts';

/** A request for a job. */
export interface JobRead<T> {
  readonly ctx: Context;
  /** Undefined for an id that no job can have. */
  readonly trackingId: string | undefined;
  readonly partnerId: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly read: () => Promise<T>;
  readonly hasEnded: (job: T) => boolean;
}

/**
 * Reads a job; if the client prefers to wait (`Prefer: wait=N`) and the job has not ended, once more when it has, or when
 * the time is up. `Preference-Applied` says so. Where no place to wait is free, the answer comes at once, without it.
 */
export async function readAwaitedJob<T>(jobRead: JobRead<T>): Promise<T> {
  const { ctx, trackingId, partnerId, request, reply, read, hasEnded } = jobRead;
  const seconds = readWaitPreference(request.headers.prefer);
  if (seconds === undefined || trackingId === undefined) return read();
  const wait = ctx.jobEnds.await({ trackingId, partnerId, waitMs: seconds * 1000 });
  if (!wait) return read();
  reply.header('Preference-Applied', `wait=${seconds}`);
  // A client that has gone waits for nothing.
  reply.raw.once('close', wait.leave);
  try {
    const job = await read();
    if (hasEnded(job)) return job;
    const isEnd = await wait.over;
    const later = await read();
    // A read that somebody else had begun before the end may have been shared.
    return isEnd && !hasEnded(later) ? await read() : later;
  } finally {
    wait.leave();
  }
}
