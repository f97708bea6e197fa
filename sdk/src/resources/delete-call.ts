import { NotFoundError } from '../errors.ts';
import type { Call, CallOptions, Transport } from '../transport.ts';

/** Deletes what the path names. Throws a `NotFoundError` when there is no such thing. */
export async function sendDelete(
  transport: Transport,
  path: string,
  { headers, ...options }: CallOptions & Pick<Call, 'headers'> = {},
): Promise<void> {
  try {
    await transport.send({ method: 'DELETE', path, headers, options });
  } catch (error) {
    // Not there any more after a try whose answer was lost: that try did it.
    if (error instanceof NotFoundError && error.isAfterLostAnswer) return;
    throw error;
  }
}
