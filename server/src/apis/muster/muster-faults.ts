import { WireError } from '@muster/contract';
import type { Refusal } from '../../registry/registry-error.ts';
import { faultOf, guidCharactersMax, invalidInput } from '../partner-center/registry-faults.ts';

/** The fault for a refusal of the registry, in the words of Muster's own API where they differ from Partner Center's. */
export function musterFaultOf(refusal: Refusal): WireError {
  switch (refusal.kind) {
    case 'page-token-invalid':
      return invalidInput('cursor', 'foreignPageToken');
    case 'batch-job-not-found':
      return new WireError('JobNotFound', { trackingId: refusal.trackingId.slice(0, guidCharactersMax) });
    default:
      return faultOf(refusal);
  }
}
