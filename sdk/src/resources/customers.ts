import type { Transport } from '../transport.ts';
import { BatchUploadStatusCollection } from './batch-upload-status.ts';
import { DeviceBatches } from './device-batches.ts';

/** The customers of the partner. */
export class Customers {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** One customer, by the id of its tenant. */
  byId(customerId: string): Customer {
    return new Customer(this.#transport, customerId);
  }
}

/** One customer. */
export class Customer {
  readonly deviceBatches: DeviceBatches;
  readonly batchUploadStatus: BatchUploadStatusCollection;

  constructor(transport: Transport, customerId: string) {
    this.deviceBatches = new DeviceBatches(transport, customerId);
    this.batchUploadStatus = new BatchUploadStatusCollection(transport, customerId);
  }
}
