import { WaitTimeoutError, type BatchUploadDetails } from '@muster/sdk';
import { parseGuid } from '@muster/contract/guid';
import { usageError } from '../cli-error.ts';
import { defineCommand, type Invocation, type Language, type SharedValues } from '../command.ts';
import { chooseCustomer, connect, type Connection } from '../connection/connect.ts';
import { customerOption } from '../shared-options.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { parseDuration } from '../duration.ts';
import { chooseProgress, progressOption } from '../terminal/progress.ts';
import { isFailed } from '../report/describe-outcome.ts';
import { outcomeColumns } from '../report/outcome-table.ts';
import { renderTable } from '../terminal/render-table.ts';
import { tableOptions } from '../terminal/print-list.ts';

export const statusCommand = defineCommand({
  usage: 'TRACKING_ID',
  argumentCount: [1, 1],
  isConnected: true,
  example: `muster status 0127ed8e-ff72-4983-a3d8-e8d8bd378932 --wait
muster status 0127ed8e-ff72-4983-a3d8-e8d8bd378932 --json`,
  json: {
    'en-US': 'The BatchUploadDetails resource of the API, unchanged.',
    'zh-TW': 'API 的 BatchUploadDetails，未經更改。',
  },
  options: {
    ...customerOption,
    wait: {
      type: 'boolean',
      description: { 'en-US': 'Wait until the job is finished', 'zh-TW': '等待作業完成' },
    },
    timeout: {
      type: 'string',
      value: 'TIME',
      description: {
        'en-US': 'Maximum time to wait, such as 10m (default: 30m). Exit code 8 when it expires',
        'zh-TW': '等待時間上限，例如 10m（預設：30m）。逾時的結束代碼為 8',
      },
    },
    failed: {
      type: 'boolean',
      description: { 'en-US': 'Show only the devices that failed', 'zh-TW': '只顯示失敗的裝置' },
    },
    ...progressOption,
  },
  async run(invocation, io) {
    const { values, say } = invocation;
    const [trackingId = ''] = invocation.arguments;
    if (parseGuid(trackingId) === undefined)
      throw usageError('badGuid', { name: 'TRACKING_ID', value: trackingId });
    const connection = await connect(invocation, io);
    const customerId = chooseCustomer(values, connection.settings);
    const details = await readStatus({ ...invocation, connection, customerId, trackingId }, io);
    if (values.json) {
      await io.stdout.write(`${JSON.stringify(details, null, 2)}\n`);
    } else {
      await io.stderr.write(
        `${say('statusLine', { trackingId, status: nameStatus(details.status, invocation) })}\n`,
      );
      await io.stdout.write(
        renderDevices(details, { ...invocation, isFailedOnly: values.failed ?? false }, io),
      );
    }
    return toExitCode(details);
  },
});

interface Asked extends Omit<Invocation, 'values'> {
  readonly values: SharedValues & {
    readonly wait?: boolean | undefined;
    readonly timeout?: string | undefined;
  };
  readonly connection: Connection;
  readonly customerId: string;
  readonly trackingId: string;
}

async function readStatus(asked: Asked, io: Io): Promise<BatchUploadDetails> {
  const { values, connection, customerId, trackingId, say } = asked;
  const job = connection.partner.customers.byId(customerId).batchUploadStatus.byId(trackingId);
  const { interruption: signal } = io;
  if (!values.wait) return job.get({ signal });
  const progress = chooseProgress(values, io, say);
  const timeoutMs = parseDuration('--timeout', values.timeout ?? '30m');
  try {
    return await job.wait({ signal, timeoutMs, onProgress: (details) => progress.update(toState(details)) });
  } catch (fault) {
    // A job that is not finished in time is shown, with its own exit code.
    if (fault instanceof WaitTimeoutError && fault.lastState) return fault.lastState as BatchUploadDetails;
    throw fault;
  } finally {
    progress.end();
  }
}

/** Partner Center returns no `progress`, so the devices are counted. */
function toState({ devicesStatus }: BatchUploadDetails) {
  const failed = devicesStatus.filter(isFailed).length;
  const finished = failed + devicesStatus.filter(({ status }) => status === 'finished').length;
  return { total: devicesStatus.length, accepted: devicesStatus.length, finished, failed };
}

/** The state of a job in words. */
export function nameStatus(status: string, { say }: Pick<Language, 'say'>): string {
  const names: Readonly<Record<string, string>> = {
    queued: say('statusQueued'),
    processing: say('statusProcessing'),
    finished: say('statusFinished'),
    finished_with_errors: say('statusFinishedWithErrors'),
  };
  return names[status] ?? status;
}

function renderDevices(
  { devicesStatus }: BatchUploadDetails,
  options: Language & { isFailedOnly: boolean },
  io: Io,
): string {
  const rows = devicesStatus
    .map((device, index) => ({ ...device, row: index + 1 }))
    .filter((device) => !options.isFailedOnly || isFailed(device));
  const columns = outcomeColumns(options);
  return rows.length === 0 ? '' : renderTable(columns, rows, tableOptions(io));
}

function toExitCode({ status, devicesStatus }: BatchUploadDetails): ExitCode {
  if (status !== 'finished' && status !== 'finished_with_errors') return exitCode.stillRunning;
  const isAllDone = devicesStatus.every((device) => device.status === 'finished');
  return isAllDone ? exitCode.finished : exitCode.failedDevices;
}
