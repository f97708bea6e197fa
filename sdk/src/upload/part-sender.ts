import { toAcceptedJob } from '../batch-job.ts';
import { BadRequestError, ConflictError, PartnerCenterError } from '../errors.ts';
import { path } from '../path.ts';
import type { CallResult, Transport } from '../transport.ts';
import { unlessAborted } from '../unless-aborted.ts';
import type { PartRecord } from './journal-record.ts';
import type { PartLedger } from './part-ledger.ts';
import type { DevicePart } from './split-devices.ts';
import type { ResentPart } from './upload-options.ts';

/** Where the devices go. */
export interface UploadTarget {
  readonly transport: Transport;
  readonly customerId: string;
  readonly batchId: string;
}

/** A part whose job runs. It holds no devices. */
export interface AcceptedPart {
  readonly firstIndex: number;
  readonly count: number;
  readonly trackingId: string;
  readonly isResent: boolean;
  /** Accepted just now, and not in an earlier run: its job has hardly begun. */
  readonly isNew: boolean;
}

/** A part failed as a whole: the service refused it (400), or does not know its job (404). `cause` is its answer. */
export class UploadPartError extends PartnerCenterError {
  override name = 'UploadPartError';
  /** The place of the part's first device in the input, from 0. Places in `cause.data` count from here. */
  readonly firstIndex: number;
  readonly count: number;

  constructor(part: { readonly firstIndex: number; readonly count: number }, cause: Error) {
    super(`Devices ${part.firstIndex + 1} to ${part.firstIndex + part.count}: ${cause.message}`, { cause });
    this.firstIndex = part.firstIndex;
    this.count = part.count;
  }
}

/** Sends parts: the first one creates the batch, if need be; the others wait until it exists and add to it. */
export class PartSender {
  readonly #target: UploadTarget;
  readonly #ledger: PartLedger;
  readonly #onResend: ((part: ResentPart) => void) | undefined;
  readonly #batch = Promise.withResolvers<void>();

  constructor(target: UploadTarget, ledger: PartLedger, onResend: ((part: ResentPart) => void) | undefined) {
    this.#target = target;
    this.#ledger = ledger;
    this.#onResend = onResend;
    if (ledger.isBatchKnown) this.#batch.resolve();
  }

  /** Sees to it that the part is accepted once. A part that was accepted before is not sent. */
  async send(part: DevicePart, signal: AbortSignal): Promise<AcceptedPart> {
    const { firstIndex, count } = part;
    const before = this.#ledger.find(part.index);
    const record = await this.#ledger.prepare(part);
    const isResent = record.isResent === true;
    if (record.trackingId !== undefined)
      return { firstIndex, count, trackingId: record.trackingId, isResent, isNew: false };
    if (isResent && before !== record && before)
      this.#onResend?.({ firstIndex, count, preparedAt: before.preparedAt });
    const { trackingId } = toAcceptedJob(await this.#post(part, record, signal));
    await this.#ledger.accept(part.index, trackingId);
    this.#batch.resolve();
    return { firstIndex, count, trackingId, isResent, isNew: true };
  }

  async #post(part: DevicePart, record: PartRecord, signal: AbortSignal): Promise<CallResult> {
    try {
      if (record.createRequestId !== undefined && !this.#ledger.isBatchKnown) {
        const created = await this.#create(part, record.createRequestId, signal);
        if (created) return created;
      }
      await unlessAborted(this.#batch.promise, signal);
      return await this.#add(part, record.requestId, signal);
    } catch (error) {
      if (!(error instanceof BadRequestError)) throw error;
      await this.#ledger.reject(part.index);
      throw new UploadPartError(part, error);
    }
  }

  /** Undefined when the batch exists already. A creation that was done but not heard of is answered as it was, not so. */
  async #create(part: DevicePart, requestId: string, signal: AbortSignal): Promise<CallResult | undefined> {
    const { transport, customerId, batchId } = this.#target;
    try {
      return await transport.send({
        method: 'POST',
        path: path`/customers/${customerId}/deviceBatches`,
        body: new Blob([`{"batchId":${JSON.stringify(batchId)},"devices":`, part.json, '}']),
        options: { requestId, signal },
      });
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      await this.#ledger.noteBatchExists();
      this.#batch.resolve();
      return undefined;
    }
  }

  #add(part: DevicePart, requestId: string, signal: AbortSignal): Promise<CallResult> {
    const { transport, customerId, batchId } = this.#target;
    return transport.send({
      method: 'POST',
      path: path`/customers/${customerId}/deviceBatches/${batchId}/devices`,
      body: part.json,
      options: { requestId, signal },
    });
  }
}
