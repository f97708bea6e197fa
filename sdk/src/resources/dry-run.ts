import { BadRequestError, PartnerCenterError } from '../errors.ts';
import type { Call, CallOptions } from '../transport.ts';
import { Endpoint } from './endpoint.ts';

/** The service has no dry run: it would have carried the call out. Nothing was sent to it but a question that changes nothing. */
export class DryRunUnavailableError extends PartnerCenterError {
  override name = 'DryRunUnavailableError';
}

/**
 * Makes sure that the service has dry runs; Partner Center ignores the parameter and carries the call out. The question is a
 * call without devices whose parameter is wrong: a service that reads it says so, and any other refuses the body.
 */
export async function checkDryRun(
  { transport, path }: Endpoint,
  method: Call['method'],
  { signal }: CallOptions = {},
): Promise<void> {
  try {
    await transport.send({ method, path: `${path}?dryRun=probe`, body: '{}', options: { signal } });
  } catch (error) {
    if (!(error instanceof BadRequestError)) throw error;
    if (error.data.includes('dryRun')) return;
  }
  throw new DryRunUnavailableError(`${transport.baseUrl} has no dry run. Nothing was sent.`);
}

/** The endpoint whose calls are only tried out. */
export function dryRunOf({ transport, path }: Endpoint): Endpoint {
  return new Endpoint(transport, `${path}?dryRun=true`);
}
