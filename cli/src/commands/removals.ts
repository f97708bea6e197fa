import { parseGuid } from '@muster/contract/guid';
import { ConflictError, type Job, type Removal } from '@muster/sdk';
import { usageError } from '../cli-error.ts';
import { defineCommand, type Options, type SharedInvocation, type Values } from '../command.ts';
import { chooseCustomer, connect, type Connection } from '../connection/connect.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { outcomeColumns, type OutcomeRow } from '../report/outcome-table.ts';
import { customerOption } from '../shared-options.ts';
import { confirm, yesOption } from '../terminal/confirm.ts';
import { printList } from '../terminal/print-list.ts';
import { chooseProgress, progressOption } from '../terminal/progress.ts';
import { printJob } from './jobs.ts';

const options = {
  'dry-run': {
    type: 'boolean',
    description: {
      'en-US': 'Show the outcome that each device would have; nothing is removed',
      'zh-TW': '顯示每部裝置會有的結果；不會移除任何裝置',
    },
  },
  ...yesOption,
  ...progressOption,
} as const satisfies Options;

const json = {
  'en-US': `For each job, the Job resource of Muster's own API on one line, then one JobDevice per line. With --dry-run, one
device per line: {"deviceId","serialNumber","productKey","outcome","errorCode","meaning","remedy"}.`,
  'zh-TW': `每項作業先以一行輸出 Muster 自有 API 的 Job，之後每行一個 JobDevice。使用 --dry-run 時每部裝置一行：
{"deviceId","serialNumber","productKey","outcome","errorCode","meaning","remedy"}。`,
};

export const undoJobCommand = defineCommand({
  usage: 'TRACKING_ID',
  argumentCount: [1, 1],
  isConnected: true,
  example: `muster jobs undo 0127ed8e-ff72-4983-a3d8-e8d8bd378932 --dry-run
muster jobs undo 0127ed8e-ff72-4983-a3d8-e8d8bd378932 --yes`,
  json,
  options,
  async run(invocation, io) {
    const [trackingId = ''] = invocation.arguments;
    if (parseGuid(trackingId) === undefined)
      throw usageError('badGuid', { name: 'TRACKING_ID', value: trackingId });
    const connection = await connect(invocation, io);
    const removal = connection.partner.removals.ofJob(trackingId);
    return remove({ ...invocation, connection, removal, isRepeated: false }, io);
  },
});

export const removeBatchCommand = defineCommand({
  usage: 'BATCH',
  argumentCount: [1, 1],
  isConnected: true,
  example: `muster batches remove "Contoso May" --dry-run
muster batches remove "Contoso May" --yes`,
  json,
  options: { ...customerOption, ...options },
  async run(invocation, io) {
    const [batchId = ''] = invocation.arguments;
    const connection = await connect(invocation, io);
    const customerId = chooseCustomer(invocation.values, connection.settings);
    const removal = connection.partner.removals.ofBatch(customerId, batchId);
    return remove({ ...invocation, connection, removal, isRepeated: true }, io);
  },
});

interface Request extends SharedInvocation {
  readonly values: SharedInvocation['values'] & Values<typeof options>;
  readonly connection: Connection;
  readonly removal: Removal;
  /** Whether one job may leave devices for another one. */
  readonly isRepeated: boolean;
}

/** Shows what would be removed, asks, removes it, and shows what stayed. */
async function remove(request: Request, io: Io): Promise<ExitCode> {
  const { values, say, removal } = request;
  const { devices, counts } = await removal.preview({ signal: io.interruption });
  if (values['dry-run']) {
    if (values.json) for (const device of devices) await io.stdout.write(`${JSON.stringify(device)}\n`);
    else await printList({ rows: toRows(devices), columns: outcomeColumns(request) }, request, io);
  }
  const { succeeded: count, failed: stayCount } = counts;
  if (!values.quiet) await io.stderr.write(`${say('removalPreview', { count, stayCount })}\n`);
  if (values['dry-run']) return stayCount > 0 ? exitCode.failedDevices : exitCode.finished;
  await confirm({ values, say, question: say('confirmRemoval', { count }) }, io);
  let code: ExitCode = exitCode.finished;
  let job = await start(request, io, true);
  while (job) {
    const ended = await follow(job, request, io);
    const outcome = values.json ? undefined : 'failed';
    code = Math.max(code, await printJob(ended, { ...request, outcome }, io)) as ExitCode;
    // A job that removed nothing would be followed by another one like it for ever.
    job = request.isRepeated && ended.devices.succeeded > 0 ? await start(request, io) : undefined;
  }
  return code;
}

/** Undefined when an earlier job has left nothing to remove. */
function start({ removal }: Request, io: Io, isFirst = false): Promise<Job | undefined> {
  return removal.start({ signal: io.interruption }).catch((fault: unknown) => {
    if (!isFirst && fault instanceof ConflictError) return undefined;
    throw fault;
  });
}

function follow(job: Job, { values, say, connection }: Request, io: Io): Promise<Job> {
  const progress = chooseProgress(values, io, say);
  const onProgress = ({ devices: { total, succeeded, failed } }: Job) =>
    progress.update({ total, accepted: total, finished: succeeded + failed, failed });
  return connection.partner.jobs
    .wait(job.trackingId, { signal: io.interruption, onProgress })
    .finally(() => progress.end());
}

type TriedDevice = Awaited<ReturnType<Removal['preview']>>['devices'][number];

async function* toRows(devices: readonly TriedDevice[]): AsyncGenerator<OutcomeRow> {
  for (const [index, { outcome, ...device }] of devices.entries()) {
    const row = { ...device, row: index + 1 };
    if (outcome === 'succeeded') yield { ...row, status: 'finished' };
    else yield { ...row, status: 'finished_with_errors', errorDescription: outcome };
  }
}
