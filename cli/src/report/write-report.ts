import type { Io } from '../io.ts';
import type { Language } from '../command.ts';
import { findMissing } from '@muster/device-files/check-row';
import type { DeviceRow } from '@muster/device-files/device-row';
import { columnKeys, recogniseColumn, reportColumns } from '@muster/device-files/recognise-column';
import { describeRemedy, isSettled, type Outcome } from './describe-outcome.ts';
import type { FailureLedger } from './failure-ledger.ts';
import { writeReportFile } from './report-file.ts';

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
 * Writes the failed rows that can be corrected as they were, with code, name and remedy behind them, in a file that uploads again: CSV, or
 * one JSON object a line when the name ends in `.ndjson`, `.jsonl` or `.json`. It holds hardware hashes, as the input
 * does: only the user can read it.
 */
export async function writeReport(plan: ReportPlan, context: Context): Promise<void> {
  const isJson = /\.(ndjson|jsonl|json)$/i.test(plan.file);
  const lines = isJson ? jsonLines(plan, context) : csvLines(plan, context);
  await writeReportFile(plan.file, lines, context.io);
}

async function* failedRows({ rows, failures }: ReportPlan): AsyncGenerator<[DeviceRow, Outcome]> {
  let index = 0;
  for await (const row of rows) {
    const failure = failures.get(index);
    if (failure && !isSettled(failure)) yield [row, failure];
    index += 1;
  }
}

async function* csvLines(plan: ReportPlan, context: Context): AsyncGenerator<string> {
  const own = plan.columns.filter((column) => recogniseColumn(column) !== 'report');
  yield toCsvLine([...own, ...reportColumns]);
  let seen: readonly string[] | undefined;
  let places: readonly number[] = [];
  for await (const [row, failure] of failedRows(plan)) {
    if (row.columns !== seen) {
      seen = row.columns;
      const keys = columnKeys(seen);
      places = columnKeys(own).map((key) => keys.indexOf(key));
    }
    const cells = places.map((at) => row.cells[at]?.trim() ?? '');
    yield toCsvLine([...cells, ...describeFailure(row, failure, context)]);
  }
}

async function* jsonLines(plan: ReportPlan, context: Context): AsyncGenerator<string> {
  for await (const [row, failure] of failedRows(plan)) {
    const [errorCode, errorName, remedy] = describeFailure(row, failure, context);
    yield `${JSON.stringify({ ...row.device, errorCode, errorName, remedy })}\n`;
  }
}

function describeFailure(
  { device }: DeviceRow,
  failure: Outcome,
  context: Context,
): [code: string, name: string, remedy: string] {
  const remedy = describeRemedy(failure, context, findMissing(device, []));
  return [failure.errorCode ?? '', failure.errorDescription ?? '', remedy];
}

/** Quotes only where they are needed, as the tools these files come from do. */
function toCsvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}
