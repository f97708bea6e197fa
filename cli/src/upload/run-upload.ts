import type { DeviceOutcome, Partner, UploadProgress, UploadTotals } from '@muster/sdk';
import type { RowSet } from '@muster/device-files/find-duplicates';
import type { Io } from '../io.ts';
import type { Progress, ProgressState } from '../terminal/progress.ts';
import type { DeviceRow, SubmittedDevice } from '@muster/device-files/device-row';
import { FailureLedger } from '../report/failure-ledger.ts';
import { createFileJournal } from './file-journal.ts';
import { lockUpload } from './lock-upload.ts';
import type { OutcomePrinter } from './outcome-printer.ts';
import { PendingRows } from './pending-rows.ts';
import { callLimits } from './survey-input.ts';

export interface UploadPlan {
  readonly partner: Partner;
  readonly customerId: string;
  readonly batchId: string;
  readonly count: number;
  /** The rows that are not sent, because they are the same machine as an earlier one. */
  readonly duplicates: RowSet;
  /** Reads the input again. */
  readonly readRows: () => AsyncIterable<DeviceRow>;
  readonly journalPath: string;
  /** Assigned to each device that names none. */
  readonly policyId: string | undefined;
  /** Whether the devices are only tried out: nothing is stored, here or there. */
  readonly isDryRun: boolean;
  /** False: end as soon as everything is accepted. */
  readonly isWaiting: boolean;
  readonly timeoutMs: number | undefined;
  readonly progress: Progress;
  readonly printer: OutcomePrinter;
}

/** Why an upload ended before every outcome was there. */
export type EarlyEnd = 'accepted' | 'stillRunning' | 'interrupted';

export interface UploadResult {
  readonly end: 'finished' | EarlyEnd | { readonly failure: unknown };
  readonly totals: UploadTotals;
  readonly failures: FailureLedger;
  readonly acceptedCount: number;
  readonly trackingIds: readonly string[];
  /** Removes the journal. Until then the same upload can be asked for its outcomes again. */
  forget(): Promise<void>;
}

/** Below this, what a row does not say is decoded from its hash for the table. */
const decodedCountMax = 1_000;

/**
 * Sends the devices and hands each outcome to the printer, in the order of the input. Keeps a journal until the end,
 * so that the same upload continues where it stopped, whatever stopped it. The caller deletes it when everything is reported.
 */
export async function runUpload(plan: UploadPlan, io: Io): Promise<UploadResult> {
  await using _lock = plan.isDryRun ? undefined : await lockUpload(plan.journalPath);
  const journal = createFileJournal(plan.journalPath);
  const stop = createStop(plan, io);
  const pending = new PendingRows(plan.count <= decodedCountMax);
  const failures = new FailureLedger();
  const { duplicates } = plan;
  let acceptedCount = 0;
  const onProgress = (progress: UploadProgress) => {
    acceptedCount = progress.devicesAccepted + duplicates.count;
    plan.progress.update(toState(progress, plan));
    if (!plan.isWaiting && progress.isInputRead && progress.devicesAccepted === progress.devicesRead)
      stop.end('accepted');
  };
  const { deviceBatches } = plan.partner.customers.byId(plan.customerId);
  const devices = toDevices(plan, pending);
  const options = { ...uploadOptions(plan), signal: stop.signal, onProgress };
  const upload = plan.isDryRun
    ? deviceBatches.dryRun(devices, options)
    : deviceBatches.upload(devices, { ...options, journal });
  let end: UploadResult['end'] = 'finished';
  try {
    for await (const outcome of withDuplicates(upload, duplicates)) {
      failures.add(outcome.index, outcome);
      await plan.printer.print(outcome, pending.take());
    }
  } catch (failure) {
    end = stop.reason() ?? { failure };
  } finally {
    stop.dispose();
    plan.progress.end();
  }
  return {
    end,
    totals: addDuplicates(upload.totals, duplicates.count),
    failures,
    acceptedCount,
    trackingIds: 'accepted' in upload ? upload.accepted.map(({ trackingId }) => trackingId) : [],
    forget: async () => (plan.isDryRun ? undefined : journal.remove()),
  };
}

/** The outcome of a row, whether or not its device was sent. */
export type RowOutcome = Omit<DeviceOutcome, 'trackingId'> & Partial<Pick<DeviceOutcome, 'trackingId'>>;

const duplicated = { status: 'finished_with_errors', errorDescription: 'ZtdDeviceDuplicated' } as const;

/** The outcomes of all rows, in order: those of the devices that were sent, and between them those that were not. */
async function* withDuplicates(
  outcomes: AsyncIterable<RowOutcome>,
  duplicates: RowSet,
): AsyncGenerator<RowOutcome> {
  let index = 0;
  for await (const outcome of outcomes) {
    for (; duplicates.has(index); index += 1) yield { ...duplicated, index, isResent: false };
    yield { ...outcome, index };
    index += 1;
  }
  for (; duplicates.has(index); index += 1) yield { ...duplicated, index, isResent: false };
}

function addDuplicates(totals: UploadTotals, count: number): UploadTotals {
  if (count === 0) return totals;
  const { devices, failed, byOutcome } = totals;
  const { errorDescription: name } = duplicated;
  return {
    ...totals,
    devices: devices + count,
    failed: failed + count,
    byOutcome: { ...byOutcome, [name]: (byOutcome[name] ?? 0) + count },
  };
}

/** Parts whose outcomes wait for an earlier part are kept in memory: enough of them to keep the service busy. */
const partsAhead = 8;

function uploadOptions({ batchId, isWaiting }: UploadPlan) {
  // Without waiting, nothing may hold back a part because an earlier one is not finished.
  return { batchId, ...callLimits, partsAhead: isWaiting ? partsAhead : Number.MAX_SAFE_INTEGER };
}

async function* toDevices(plan: UploadPlan, pending: PendingRows): AsyncGenerator<SubmittedDevice> {
  const { policyId, duplicates } = plan;
  let index = 0;
  for await (const row of plan.readRows()) {
    pending.add(row);
    index += 1;
    if (duplicates.has(index - 1)) continue;
    yield policyId === undefined || row.device.policies
      ? row.device
      : { ...row.device, policies: [{ key: 'o_o_b_e', value: policyId }] };
  }
}

function toState(progress: UploadProgress, { count: total, duplicates }: UploadPlan): ProgressState {
  const { count } = duplicates;
  const { devicesAccepted, devicesFinished, devicesFailed } = progress;
  return {
    total,
    accepted: devicesAccepted + count,
    finished: devicesFinished + count,
    failed: devicesFailed + count,
  };
}

/** Ends the upload early: after Ctrl-C, at the timeout, or when everything is accepted and `--no-wait` is set. */
function createStop({ timeoutMs }: UploadPlan, io: Io) {
  const controller = new AbortController();
  let reason: EarlyEnd | undefined;
  const end = (why: EarlyEnd) => {
    reason ??= why;
    controller.abort(new DOMException(why, 'AbortError'));
  };
  const onInterruption = () => end('interrupted');
  if (io.interruption.aborted) onInterruption();
  io.interruption.addEventListener('abort', onInterruption, { once: true });
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => end('stillRunning'), timeoutMs);
  return {
    signal: controller.signal,
    end,
    reason: () => reason,
    dispose: () => {
      clearTimeout(timer);
      io.interruption.removeEventListener('abort', onInterruption);
    },
  };
}
