import type { RowSet } from '@muster/device-files/find-duplicates';
import type { SubmittedDevice } from '@muster/device-files/device-row';
import { connectPartner, type AccessToken, type DeviceOutcome, type UploadTotals } from '@muster/sdk';
import type { AcceptedJobPart, FailedRow, FromWorker, PreviewRow, Registration } from './messages.ts';

/** What registering needs beside where to register. */
interface Work {
  /** Read anew: hashes are not kept in memory. */
  readonly devices: () => AsyncIterable<{ readonly device: SubmittedDevice; readonly preview: PreviewRow }>;
  /** How many there are, those that are not sent included. */
  readonly count: number;
  readonly duplicates: RowSet;
  readonly getToken: () => Promise<AccessToken | null>;
  readonly signal: AbortSignal;
  readonly post: (message: FromWorker) => void;
}

/** As the command line sends them. */
const callLimits = { devicesPerCall: 1_000, bytesPerCall: 1_000_000 };

const duplicated = { status: 'finished_with_errors', errorDescription: 'ZtdDeviceDuplicated' } as const;

/**
 * Registers all devices in as many calls as it takes, and tells of each step. A row of the same machine as an earlier one
 * is not sent: the service would find it only within one call.
 */
export async function registerFiles(registration: Registration, work: Work): Promise<Set<number>> {
  const { baseUrl, customerId, batchId, locale } = registration;
  const { duplicates, post, signal } = work;
  const partner = connectPartner({
    baseUrl,
    locale,
    credentials: { getToken: work.getToken },
    applicationName: 'Muster console',
  });
  const sent: PreviewRow[] = [];
  const upload = partner.customers.byId(customerId).deviceBatches.upload(toSend(registration, work, sent), {
    batchId,
    ...callLimits,
    signal,
    onProgress: (progress) => post({ kind: 'progress', progress, parts: partsOf(upload.accepted) }),
  });
  const failed = new Set<number>();
  let waiting: FailedRow[] = [];
  const flush = () => {
    if (waiting.length > 0) post({ kind: 'failed', rows: waiting });
    waiting = [];
  };
  for await (const outcome of upload) {
    const row = sent[outcome.index];
    if (outcome.status !== 'finished' && row) {
      failed.add(row.index);
      waiting.push({ row, outcome: wordsOf(outcome) });
    }
    if (waiting.length >= 200) flush();
  }
  flush();
  const totals = withDuplicates(upload.totals, duplicates.count);
  post({ kind: 'registered', totals, parts: partsOf(upload.accepted) });
  return failed;
}

async function* toSend(
  { policyId }: Registration,
  { devices, duplicates, post }: Work,
  sent: PreviewRow[],
): AsyncGenerator<SubmittedDevice> {
  const policies = policyId === undefined ? undefined : [{ key: 'o_o_b_e' as const, value: policyId }];
  const left: FailedRow[] = [];
  for await (const { device, preview } of devices()) {
    if (duplicates.has(preview.index)) {
      left.push({ row: preview, outcome: duplicated });
      continue;
    }
    sent.push(preview);
    yield policies && !device.policies ? { ...device, policies } : device;
  }
  if (left.length > 0) post({ kind: 'failed', rows: left });
}

function wordsOf({ status, errorCode, errorDescription }: DeviceOutcome): FailedRow['outcome'] {
  return { status, ...(errorCode && { errorCode }), ...(errorDescription && { errorDescription }) };
}

function withDuplicates(totals: UploadTotals, count: number): UploadTotals {
  return { ...totals, devices: totals.devices + count, failed: totals.failed + count };
}

function partsOf(accepted: readonly AcceptedJobPart[]): AcceptedJobPart[] {
  return accepted.map(({ trackingId, firstIndex, count }) => ({ trackingId, firstIndex, count }));
}
