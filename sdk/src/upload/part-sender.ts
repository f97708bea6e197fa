import { BadRequestError, ConflictError, PartnerCenterError } from '../errors.ts';
import { toAcceptedJob, type Endpoint } from '../resources/endpoint.ts';
import { unlessAborted } from '../runtime.ts';
import type { CallResult } from '../transport.ts';
import type { AcceptedPart, PartLedger } from './part-ledger.ts';
import type { DevicePart } from './split-devices.ts';
import type { PartRecord } from './upload-journal.ts';

/** Where the devices go. */
export interface UploadTarget {
  readonly customer: Endpoint;
  readonly customerId: string;
  readonly batchId: string;
}

/** A part that is sent again with a new request ID. */
export interface ResentPart {
  readonly firstIndex: number;
  readonly count: number;
  /** When it may first have been sent. ISO 8601. */
  readonly preparedAt: string;
}

/** A part whose job is running. It no longer contains devices. */
export interface SentPart extends AcceptedPart {
  /** Whether it was accepted in this run, so that its job has only just started. */
  readonly isNew: boolean;
}

/** A part failed as a whole: the service refused it (400), or its job was not found (404). `cause` is that error. */
export class UploadPartError extends PartnerCenterError {
  override name = 'UploadPartError';
  /** The position of the part's first device in the input, from 0. Positions in `cause.data` count from here. */
  readonly firstIndex: number;
  readonly count: number;

  constructor(part: { readonly firstIndex: number; readonly count: number }, cause: Error) {
    super(`Devices ${part.firstIndex + 1} to ${part.firstIndex + part.count}: ${cause.message}`, { cause });
    this.firstIndex = part.firstIndex;
    this.count = part.count;
  }
}

/** Sends parts: the first one creates the batch if necessary; the others wait until it exists and add to it. */
export class PartSender {
  readonly #batches: Endpoint;
  readonly #batchId: string;
  readonly #ledger: PartLedger;
  readonly #onResend: ((part: ResentPart) => void) | undefined;
  readonly #batchExists: Promise<void>;
  #noteBatchExists = () => {};

  constructor(
    { customer, batchId, onResend }: UploadTarget & { onResend?: ((part: ResentPart) => void) | undefined },
    ledger: PartLedger,
  ) {
    this.#batches = customer.at('deviceBatches');
    this.#batchId = batchId;
    this.#ledger = ledger;
    this.#onResend = onResend;
    this.#batchExists = new Promise((resolve) => (this.#noteBatchExists = resolve));
    if (ledger.isBatchKnown) this.#noteBatchExists();
  }

  /** Makes sure that the part is accepted once. A part that was accepted before is not sent. */
  async send(part: DevicePart, signal: AbortSignal): Promise<SentPart> {
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
    this.#noteBatchExists();
    return { firstIndex, count, trackingId, isResent, isNew: true };
  }

  async #post(part: DevicePart, record: PartRecord, signal: AbortSignal): Promise<CallResult> {
    try {
      if (record.createRequestId !== undefined && !this.#ledger.isBatchKnown) {
        const created = await this.#create(part, record.createRequestId, signal);
        if (created) return created;
      }
      await unlessAborted(this.#batchExists, signal);
      return await this.#add(part, record.requestId, signal);
    } catch (error) {
      if (!(error instanceof BadRequestError)) throw error;
      await this.#ledger.reject(part.index);
      throw new UploadPartError(part, error);
    }
  }

  /** Undefined when the batch exists. A repeated creation whose first response was lost gets that response again. */
  async #create(part: DevicePart, requestId: string, signal: AbortSignal): Promise<CallResult | undefined> {
    const { transport, path } = this.#batches;
    const body = new Blob([`{"batchId":${JSON.stringify(this.#batchId)},"devices":`, part.json, '}']);
    try {
      return await transport.send({ method: 'POST', path, body, options: { requestId, signal } });
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      await this.#ledger.noteBatchExists();
      this.#noteBatchExists();
      return undefined;
    }
  }

  #add(part: DevicePart, requestId: string, signal: AbortSignal): Promise<CallResult> {
    const { transport, path } = this.#batches.at(this.#batchId, 'devices');
    return transport.send({ method: 'POST', path, body: part.json, options: { requestId, signal } });
  }
}
