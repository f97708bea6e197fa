import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CliError } from '../cli-error.ts';
import type { Io } from '../io.ts';
import type { Language } from '../command.ts';
import type { DeviceRow } from '../read-devices/device-row.ts';
import { reportColumns } from '../read-devices/recognise-header.ts';
import { describeRemedy, type Outcome } from './describe-outcome.ts';
import type { FailureLedger } from './failure-ledger.ts';

export interface ReportPlan {
  readonly file: string;
  /** The columns of the input: the report has them all, and ours behind them. */
  readonly columns: readonly string[];
  /** Every row of the input again, in the same order. */
  readonly rows: AsyncIterable<DeviceRow>;
  readonly failures: FailureLedger;
}

interface Context extends Language {
  readonly io: Io;
}

/**
 * Writes the failed rows as they were, with code, name and remedy behind them, in a file that uploads again: CSV, or
 * one JSON object a line when the name ends in `.ndjson`, `.jsonl` or `.json`. It holds hardware hashes, as the input
 * does: only the user can read it.
 */
export async function writeReport(plan: ReportPlan, context: Context): Promise<void> {
  const path = resolve(context.io.workingDirectory, plan.file);
  const isJson = /\.(ndjson|jsonl|json)$/i.test(plan.file);
  try {
    // A file that is there keeps its mode, so it goes first.
    await rm(path, { force: true });
    const lines = isJson ? jsonLines(plan, context) : csvLines(plan, context);
    await pipeline(Readable.from(lines), createWriteStream(path, { mode: 0o600 }));
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && !(fault instanceof CliError)) {
      throw new CliError('fileUnwritable', { file: plan.file, reason: String(fault.code) });
    }
    throw fault;
  }
}

async function* failedRows({ rows, failures }: ReportPlan): AsyncGenerator<[DeviceRow, Outcome]> {
  let index = 0;
  for await (const row of rows) {
    const failure = failures.get(index);
    if (failure) yield [row, failure];
    index += 1;
  }
}

async function* csvLines(plan: ReportPlan, context: Context): AsyncGenerator<string> {
  const own = plan.columns.filter((column) => !isReportColumn(column));
  yield toCsvLine([...own, ...reportColumns]);
  for await (const [row, failure] of failedRows(plan)) {
    const places = new Map(row.columns.map((column, at) => [column.toLowerCase(), at]));
    const cells = own.map((column) => row.cells[places.get(column.toLowerCase()) ?? -1]?.trim() ?? '');
    yield toCsvLine([...cells, ...describeFailure(failure, context)]);
  }
}

async function* jsonLines(plan: ReportPlan, context: Context): AsyncGenerator<string> {
  for await (const [{ device }, failure] of failedRows(plan)) {
    const [errorCode, errorName, remedy] = describeFailure(failure, context);
    yield `${JSON.stringify({ ...device, errorCode, errorName, remedy })}\n`;
  }
}

function describeFailure(failure: Outcome, context: Context): [code: string, name: string, remedy: string] {
  return [failure.errorCode ?? '', failure.errorDescription ?? '', describeRemedy(failure, context)];
}

function isReportColumn(column: string): boolean {
  return reportColumns.some((known) => known.toLowerCase() === column.toLowerCase());
}

/** Quotes only where they are needed, as the tools these files come from do. */
function toCsvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}
