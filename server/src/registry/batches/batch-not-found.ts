import { WireError } from '@muster/contract';

/** No batch has a longer id; a client that sends one gets no more of it back. */
const batchIdCharactersMax = 256;

/** The fault for a batch that the customer does not have. */
export function batchNotFound(batchId: string): WireError {
  return new WireError('BatchNotFound', { batchId: batchId.slice(0, batchIdCharactersMax) });
}
