import { toUnreadableError } from './errors.ts';
import type { CallResult } from './transport.ts';

/** A call was accepted: the service works on its devices in the background. */
export interface AcceptedJob {
  /** The batch tracking id: give it to `batchUploadStatus.byId`. */
  readonly trackingId: string;
  /** The `Location` header as it came: `/customers/{customer}/batchJobStatus/{trackingId}`. */
  readonly location: string;
  readonly requestId: string;
  readonly correlationId: string;
}

/** The job that a 202 announces. Throws an `UnreadableResponseError` without a `Location`: the job cannot be followed. */
export function toAcceptedJob(result: CallResult): AcceptedJob {
  const { requestId, correlationId } = result;
  const location = result.headers.get('Location') ?? '';
  const trackingId = location.split('/').findLast((segment) => segment !== '');
  if (trackingId === undefined)
    throw toUnreadableError(result, 'The answer has no Location header, so there is no tracking id.');
  return { trackingId, location, requestId, correlationId };
}
