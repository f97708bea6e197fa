import { waitFor, type WaitOptions } from '../polling.ts';
import type { CallResult } from '../transport.ts';
import type { Endpoint } from './endpoint.ts';

/** How a job is read. */
interface JobReading<T> {
  readonly toState: (result: CallResult) => T;
  readonly isFinished: (state: T) => boolean;
}

/**
 * Waits until a job is finished. A service that can is asked to hold its answer until then (RFC 7240, `Prefer: wait`) and
 * says that it did (`Preference-Applied`); any other is asked again and again.
 */
export function awaitJob<T>(
  { transport, path }: Endpoint,
  { toState, isFinished }: JobReading<T>,
  options?: WaitOptions<T>,
): Promise<T> {
  let hasWaited = false;
  const look = async (signal: AbortSignal, waitSeconds: number) => {
    const headers = waitSeconds > 0 ? { Prefer: `wait=${waitSeconds}` } : {};
    const timeoutMs = transport.timeoutMs + waitSeconds * 1000;
    const result = await transport.send({ method: 'GET', path, headers, options: { signal, timeoutMs } });
    hasWaited = /\bwait=/.test(result.headers.get('Preference-Applied') ?? '');
    return toState(result);
  };
  const { runtime } = transport;
  return waitFor({ look, isFinished, hasWaited: () => hasWaited, runtime }, options);
}
