import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { CliError } from '../cli-error.ts';
import type { Invocation, SharedValues, Values } from '../command.ts';
import { chooseCustomer, connect } from '../connection/connect.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { parseDuration } from '../duration.ts';
import { chooseProgress, type progressOption } from '../terminal/progress.ts';
import type { DeviceFile } from '@muster/device-files/read-devices';
import { expandFiles } from './expand-files.ts';
import { toDeviceFiles } from './input-files.ts';
import { isSettled } from '../report/describe-outcome.ts';
import { renderSummary } from '../report/render-summary.ts';
import { checkReportPlace, writeReportFile } from '../report/report-file.ts';
import { writeReport } from '../report/write-report.ts';
import { createPaint } from '../terminal/paint.ts';
import { journalPath } from './file-journal.ts';
import { keepStandardInput, type KeptInput } from './keep-standard-input.ts';
import { createOutcomePrinter, type Shown } from './outcome-printer.ts';
import { resumeCommand } from './resume-command.ts';
import { runUpload, type UploadPlan, type UploadResult } from './run-upload.ts';
import { readRows, surveyInput, type InputOptions, type InputSurvey } from './survey-input.ts';
import { askAboutStops, FindingSample, tellNotices } from './tell-survey.ts';

interface UploadValues extends SharedValues {
  readonly customer?: string | undefined;
  readonly report?: string | undefined;
  readonly 'tracking-ids'?: string | undefined;
  readonly policy?: string | undefined;
  readonly journal?: string | undefined;
  readonly rows?: string | undefined;
  readonly 'dry-run'?: boolean | undefined;
  readonly timeout?: string | undefined;
  readonly 'no-wait'?: boolean | undefined;
  readonly progress?: Values<typeof progressOption>['progress'];
}

export interface UploadInvocation extends Omit<Invocation, 'values' | 'commands'> {
  readonly values: UploadValues;
  readonly batchId: string;
  /** How the files are read. Default: as they are, and every finding that stops an upload does. */
  readonly input?: InputOptions;
  /** Shows devices as a table; default: on a terminal. */
  readonly isTable?: boolean;
}

/** How an upload ended, for a caller in the same program. */
export interface UploadEnd {
  readonly exitCode: ExitCode;
  readonly trackingIds: readonly string[];
}

/** Reads the files, uploads them, and reports the outcome of each device. */
export async function uploadFiles(invocation: UploadInvocation, io: Io): Promise<UploadEnd> {
  const files = await expandFiles(invocation.arguments, io.workingDirectory);
  const kept = await keepStandardInput(files, { io, say: invocation.say });
  try {
    return await uploadInput({ invocation, files, kept }, io);
  } finally {
    await kept.remove();
  }
}

interface Input {
  readonly invocation: UploadInvocation;
  readonly files: readonly string[];
  readonly kept: KeptInput;
}

async function uploadInput(input: Input, io: Io): Promise<UploadEnd> {
  const { invocation, files, kept } = input;
  const { values, say } = invocation;
  const connection = await connect(invocation, io);
  const customerId = chooseCustomer(values, connection.settings);
  for (const file of [values.report, values['tracking-ids']])
    if (file !== undefined) await checkReport(file, files, io);
  const deviceFiles = toDeviceFiles(files, io, kept.path);
  const surveyed = await surveyUntilClear(input, deviceFiles, io);
  if (!surveyed) return { exitCode: exitCode.error, trackingIds: [] };
  const { survey, options } = surveyed;
  const identity = {
    baseUrl: connection.baseUrl,
    customerId,
    batchId: invocation.batchId,
    policyId: values.policy,
    digest: survey.digest,
  };
  const printer = createOutcomePrinter(
    {
      shown: chooseShown(values, survey, io),
      isJson: values.json ?? false,
      isTable: invocation.isTable ?? io.stdout.isTTY,
      hasSeveralFiles: files.length > 1,
    },
    { io, ...invocation },
  );
  const plan: UploadPlan = {
    partner: connection.partner,
    customerId,
    batchId: invocation.batchId,
    count: survey.counts.devices,
    duplicates: survey.duplicates,
    readRows: () => readRows(deviceFiles, options),
    journalPath: values.journal
      ? resolve(io.workingDirectory, values.journal)
      : journalPath(io.environment.stateDirectory, identity),
    policyId: values.policy,
    isDryRun: values['dry-run'] ?? false,
    isWaiting: !values['no-wait'],
    timeoutMs: values.timeout === undefined ? undefined : parseDuration('--timeout', values.timeout),
    progress: chooseProgress(values, io, say),
    printer,
  };
  if (!values.quiet) {
    const starting = plan.isDryRun ? 'dryRunStarting' : 'uploadStarting';
    await io.stderr.write(`${say(starting, { count: plan.count, batch: plan.batchId })}\n`);
  }
  const result = await runUpload(plan, io);
  const trackingFile = values['tracking-ids'];
  if (trackingFile !== undefined)
    await writeReportFile(trackingFile, Readable.from(result.trackingIds.map((id) => `${id}\n`)), io);
  await printer.end();
  return {
    exitCode: await tellResult({ ...input, plan, survey, result }, io),
    trackingIds: result.trackingIds,
  };
}

/**
 * Checks the input and says what was found. Undefined when a row cannot be sent; throws when findings stop the upload and
 * nobody lets it go on. Where the user chooses the values in the hardware hashes, the input is read again with them.
 */
async function surveyUntilClear(
  { invocation }: Input,
  files: readonly DeviceFile[],
  io: Io,
): Promise<{ survey: InputSurvey; options: InputOptions } | undefined> {
  const { values, say } = invocation;
  for (let options = invocation.input ?? {}; ;) {
    const sample = new FindingSample();
    const survey = await surveyInput(files, io.interruption, options, (finding) => sample.add(finding));
    if (!values.quiet) await tellNotices(survey.notices, { io, say });
    if (survey.refusedCount > 0) {
      await sample.tellRefused(survey, { io, say });
      return undefined;
    }
    if (!values.quiet || survey.stops.size > 0)
      await sample.tell(survey, { io, say, paint: createPaint(io.stderr, io) });
    if (survey.stops.size === 0) return { survey, options };
    const answer = await askAboutStops(survey, { io, say });
    if ('allowed' in answer) return { survey, options };
    options = { ...options, ...answer };
  }
}

/** The report must have a place, and not that of a file that is read: it would be gone before it was read again. */
async function checkReport(report: string, files: readonly string[], io: Io): Promise<void> {
  const path = resolve(io.workingDirectory, report);
  if (files.some((file) => file !== '-' && resolve(io.workingDirectory, file) === path))
    throw new CliError('fileExists', { file: report });
  await checkReportPlace(report, io);
}

interface Ended extends Input {
  readonly plan: UploadPlan;
  readonly survey: InputSurvey;
  readonly result: UploadResult;
}

async function tellResult(ended: Ended, io: Io): Promise<ExitCode> {
  const { invocation, plan, result } = ended;
  const { say, values } = invocation;
  if (result.end !== 'finished') return tellEarlyEnd(ended, io);
  if (values.json) {
    const { totals: summary, trackingIds } = result;
    const end = plan.isDryRun ? { summary, dryRun: true } : { summary, trackingIds };
    await io.stdout.write(`${JSON.stringify(end)}\n`);
  } else {
    await io.stderr.write(renderSummary(result.totals, invocation, createPaint(io.stderr, io)));
    if (plan.isDryRun) await io.stderr.write(`${say('dryRunEnded')}\n`);
    else if (!values.quiet) await tellTrackingIds(result.trackingIds, { io, say });
  }
  if (values.report !== undefined) await report(ended, values.report, io);
  await result.forget();
  if (result.totals.uncertain > 0) {
    await io.stderr.write(`${say('uploadUncertain', { count: result.totals.uncertain })}\n`);
  }
  return result.totals.succeeded === plan.count ? exitCode.finished : exitCode.failedDevices;
}

async function report({ invocation, plan, survey, result }: Ended, file: string, io: Io): Promise<void> {
  const { say } = invocation;
  const { failures } = result;
  const settledCount = failures.count(isSettled);
  const count = failures.count() - settledCount;
  if (count > 0) {
    const reportPlan = { file, columns: survey.columns, rows: plan.readRows(), failures };
    try {
      await writeReport(reportPlan, { io, ...invocation });
    } catch (fault) {
      // The journal is still there: the same command asks for the outcomes again, and sends nothing.
      await io.stderr.write(
        `${say('reportMissing')}\n  ${resumeCommand(invocation.typed, process.platform, io.environment.program)}\n`,
      );
      throw fault;
    }
    await io.stderr.write(`${say('reportWritten', { count, file })}\n`);
  } else {
    await io.stderr.write(`${say(settledCount > 0 ? 'reportSettled' : 'reportEmpty', { file })}\n`);
  }
  if (settledCount > 0) await io.stderr.write(`${say('reportLeftOut', { count: settledCount })}\n`);
}

/** Says how to go on. A failure is thrown after that, for the one place that words failures. */
async function tellEarlyEnd({ invocation, plan, result }: Ended, io: Io): Promise<ExitCode> {
  const { say, values, typed } = invocation;
  const { end, acceptedCount: done } = result;
  const command = (words: readonly string[]) =>
    resumeCommand(words, process.platform, io.environment.program);
  const tell = async (text: string, words = typed) => io.stderr.write(`${text}\n  ${command(words)}\n`);
  const { trackingIds } = result;
  if (values.json) await io.stdout.write(`${JSON.stringify({ trackingIds })}\n`);
  if (end === 'accepted') {
    if (!values.json) await io.stdout.write(trackingIds.map((id) => `${id}\n`).join(''));
    const [first = ''] = trackingIds;
    const customer = values.customer === undefined ? [] : ['--customer', values.customer];
    await tell(say('uploadStatus'), ['status', first, ...customer]);
    const following = typed.filter((word) => word !== '--no-wait');
    await tell(say('uploadAccepted', { count: plan.count }), following);
    return exitCode.finished;
  }
  if (plan.isDryRun && typeof end !== 'object') {
    const text = say('dryRunInterrupted', { done, count: plan.count });
    await io.stderr.write(`${text}\n`);
    return end === 'interrupted' ? exitCode.interrupted : exitCode.stillRunning;
  }
  if (end === 'stillRunning') {
    await tell(say('uploadStillRunning', { duration: values.timeout ?? '', done, count: plan.count }));
    return exitCode.stillRunning;
  }
  if (end === 'interrupted') {
    await tell(say('uploadInterrupted', { done, count: plan.count }));
    return exitCode.interrupted;
  }
  if (done > 0 && !plan.isDryRun) await tell(say('uploadStopped', { done, count: plan.count }));
  throw typeof end === 'object' ? end.failure : new CliError('interrupted');
}

async function tellTrackingIds(ids: readonly string[], { io, say }: { io: Io; say: Invocation['say'] }) {
  const shown = ids.slice(0, 10).map((id) => `  ${id}\n`);
  const more =
    ids.length > shown.length ? `  ${say('moreTrackingIds', { count: ids.length - shown.length })}\n` : '';
  await io.stderr.write(`${say('trackingIds')}\n${shown.join('')}${more}`);
}

function chooseShown(values: UploadValues, survey: InputSurvey, io: Io): Shown {
  if (values.rows === 'all' || values.rows === 'failed' || values.rows === 'none') return values.rows;
  return io.stdout.isTTY && survey.counts.devices <= 50 ? 'all' : 'failed';
}
