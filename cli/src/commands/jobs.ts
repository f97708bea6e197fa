import { WaitTimeoutError, type Job, type JobDevice } from '@muster/sdk';
import { parseGuid } from '@muster/contract/guid';
import { usageError } from '../cli-error.ts';
import { defineCommand, type Invocation, type Language, type SharedInvocation } from '../command.ts';
import { connect, type Connection } from '../connection/connect.ts';
import { parseDuration } from '../duration.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { nameMakeModel } from '@muster/contract/name-make-model';
import { outcomeColumns, type OutcomeRow } from '../report/outcome-table.ts';
import { batchOption, listOptions, takeFirst } from '../shared-options.ts';
import { printList } from '../terminal/print-list.ts';
import { chooseProgress, progressOption } from '../terminal/progress.ts';
import type { Column } from '../terminal/render-table.ts';
import { nameStatus } from './status.ts';

export const listJobsCommand = defineCommand({
  usage: '',
  argumentCount: [0, 0],
  isConnected: true,
  example: `muster jobs list
muster jobs list --has-failures --since 2026-11-01`,
  json: {
    'en-US': "One Job resource of Muster's own API per line.",
    'zh-TW': '每行一個 Muster 自有 API 的 Job。',
  },
  options: {
    ...listOptions,
    ...batchOption,
    state: {
      type: 'string',
      value: 'STATE',
      choices: ['queued', 'processing', 'finished', 'finished_with_errors'],
      description: { 'en-US': 'Only jobs in this state', 'zh-TW': '僅限此狀態的作業' },
    },
    'has-failures': {
      type: 'boolean',
      description: { 'en-US': 'Only jobs with failed devices', 'zh-TW': '僅限有裝置失敗的作業' },
    },
  },
  async run(invocation, io) {
    const { values } = invocation;
    const { partner } = await connect(invocation, io);
    const { customer: customerId, batch: batchId, state, since } = values;
    const hasFailures = values['has-failures'];
    const jobs = partner.jobs.list({
      customerId,
      batchId,
      state,
      since,
      hasFailures,
      signal: io.interruption,
    });
    await printList({ rows: takeFirst(jobs, values), columns: jobColumns(invocation) }, invocation, io);
    return exitCode.finished;
  },
});

function jobColumns({ say }: Language): Column<Job>[] {
  return [
    { title: say('columnTrackingId'), text: ({ trackingId }) => trackingId },
    { title: say('columnState'), text: ({ state }) => nameStatus(state, { say }) },
    { title: say('columnCustomer'), text: ({ customerName }) => customerName, widthMin: 12 },
    {
      title: say('columnBatch'),
      text: ({ batchId, kind }) => {
        if (kind === 'update_policies') return say('jobUpdatesPolicies');
        return kind === 'remove_devices'
          ? say('jobRemovesDevices', { batch: batchId ?? '' })
          : (batchId ?? '');
      },
      widthMin: 12,
    },
    { title: say('columnDevices'), text: ({ devices }) => String(devices.total) },
    {
      title: say('columnFailed'),
      text: ({ devices }) => String(devices.failed),
      style: ({ devices }) => (devices.failed > 0 ? 'red' : undefined),
    },
    { title: say('columnCreated'), text: ({ createdAt }) => createdAt },
    { title: say('columnCreatedBy'), text: ({ createdBy }) => createdBy, widthMin: 12 },
  ];
}

const outcomeOption = {
  outcome: {
    type: 'string',
    value: 'OUTCOME',
    description: {
      'en-US': 'Only devices with this outcome: succeeded, failed, pending, or the name or code of a failure',
      'zh-TW': '僅限此結果的裝置：succeeded、failed、pending，或失敗的名稱或代碼',
    },
  },
} as const;

const json = {
  'en-US': "The Job resource of Muster's own API on the first line, then one JobDevice per line.",
  'zh-TW': '第一行為 Muster 自有 API 的 Job，之後每行一個 JobDevice。',
};

export const showJobCommand = defineCommand({
  usage: 'TRACKING_ID',
  argumentCount: [1, 1],
  isConnected: true,
  example: `muster jobs show 0127ed8e-ff72-4983-a3d8-e8d8bd378932
muster jobs show 0127ed8e-ff72-4983-a3d8-e8d8bd378932 --outcome failed`,
  json,
  options: outcomeOption,
  async run(invocation, io) {
    const trackingId = readTrackingId(invocation);
    const connection = await connect(invocation, io);
    const job = await connection.partner.jobs.get(trackingId, { signal: io.interruption });
    return printJob(job, { ...invocation, connection, outcome: invocation.values.outcome }, io);
  },
});

export const watchJobCommand = defineCommand({
  usage: 'TRACKING_ID',
  argumentCount: [1, 1],
  isConnected: true,
  example: 'muster jobs watch 0127ed8e-ff72-4983-a3d8-e8d8bd378932 --outcome failed',
  json,
  options: {
    ...outcomeOption,
    timeout: {
      type: 'string',
      value: 'TIME',
      description: {
        'en-US': 'Maximum time to wait, such as 10m (default: 30m). Exit code 8 when it expires',
        'zh-TW': '等待時間上限，例如 10m（預設：30m）。逾時的結束代碼為 8',
      },
    },
    ...progressOption,
  },
  async run(invocation, io) {
    const { values, say } = invocation;
    const trackingId = readTrackingId(invocation);
    const connection = await connect(invocation, io);
    const progress = chooseProgress(values, io, say);
    const onProgress = ({ devices: { total, succeeded, failed } }: Job) =>
      progress.update({ total, accepted: total, finished: succeeded + failed, failed });
    const timeoutMs = parseDuration('--timeout', values.timeout ?? '30m');
    const job = await connection.partner.jobs
      .wait(trackingId, { signal: io.interruption, timeoutMs, onProgress })
      .catch((fault: unknown) => {
        // A job that is not finished in time is shown, with its own exit code.
        if (fault instanceof WaitTimeoutError && fault.lastState) return fault.lastState as Job;
        throw fault;
      })
      .finally(() => progress.end());
    return printJob(job, { ...invocation, connection, outcome: values.outcome }, io);
  },
});

function readTrackingId({ arguments: [trackingId = ''] }: Pick<Invocation, 'arguments'>): string {
  if (parseGuid(trackingId) === undefined)
    throw usageError('badGuid', { name: 'TRACKING_ID', value: trackingId });
  return trackingId;
}

interface Shown extends SharedInvocation {
  readonly connection: Connection;
  readonly outcome: string | undefined;
}

/** Says how far the job is, and lists its devices. The exit code is that of `status`. */
export async function printJob(
  job: Job,
  { connection, outcome, ...shared }: Shown,
  io: Io,
): Promise<ExitCode> {
  const { trackingId, state, devices } = job;
  const rows = connection.partner.jobs.devices(trackingId, { outcome, signal: io.interruption });
  if (shared.values.json) {
    await io.stdout.write(`${JSON.stringify(job)}\n`);
    for await (const device of rows) await io.stdout.write(`${JSON.stringify(device)}\n`);
  } else {
    const { customerName, batchId = '', createdBy, createdAt } = job;
    const status = nameStatus(state, shared);
    await io.stderr.write(`${shared.say('statusLine', { trackingId, status })}\n`);
    await io.stderr.write(
      `${shared.say('jobLine', { customer: customerName, batch: batchId, createdBy, createdAt })}\n`,
    );
    const pending = state === 'queued' ? 'queued' : 'processing';
    const outcomes = toOutcomeRows(rows, pending);
    await printList({ rows: outcomes, columns: outcomeColumns(shared) }, shared, io);
  }
  if (state !== 'finished' && state !== 'finished_with_errors') return exitCode.stillRunning;
  return devices.failed > 0 ? exitCode.failedDevices : exitCode.finished;
}

/** The devices of a job in the form that the table of an upload has. */
async function* toOutcomeRows(
  devices: AsyncIterable<JobDevice>,
  pending: 'queued' | 'processing',
): AsyncGenerator<OutcomeRow> {
  for await (const { position, outcome, ...device } of devices) {
    const makeModel = nameMakeModel(device);
    const row = { ...device, row: position, makeModel };
    if (outcome === undefined) yield { ...row, status: pending };
    else if (outcome === 'succeeded') yield { ...row, status: 'finished' };
    else yield { ...row, status: 'finished_with_errors', errorDescription: outcome };
  }
}
