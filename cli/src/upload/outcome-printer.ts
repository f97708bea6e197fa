import type { Io } from '../io.ts';
import type { Language } from '../command.ts';
import { describeRemedy, isFailed } from '../report/describe-outcome.ts';
import { outcomeColumns, type OutcomeRow } from '../report/outcome-table.ts';
import { createPaint } from '../terminal/paint.ts';
import { renderTable } from '../terminal/render-table.ts';
import type { PendingRow } from './pending-rows.ts';
import type { RowOutcome } from './run-upload.ts';

/** Which devices are shown. */
export type Shown = 'all' | 'failed' | 'none';

/** Rows of a table that people still read. */
const tableRowsMax = 200;

export interface OutcomePrinter {
  print(outcome: RowOutcome, pending: PendingRow | undefined): Promise<void>;
  /** Prints what was kept back: a table, which needs all its rows. */
  end(): Promise<void>;
}

interface Context extends Language {
  readonly io: Io;
}

interface PrinterOptions {
  readonly shown: Shown;
  readonly isJson: boolean;
  /** A table at the end; otherwise one line a device as it comes. */
  readonly isTable: boolean;
  /** Whether places name the file too. */
  readonly hasSeveralFiles: boolean;
}

/** Prints devices to standard output. */
export function createOutcomePrinter(options: PrinterOptions, context: Context): OutcomePrinter {
  if (options.isJson) return createJsonPrinter(context);
  return options.isTable ? createTablePrinter(options, context) : createLinePrinter(options, context);
}

function createJsonPrinter({ io, locale, say }: Context): OutcomePrinter {
  return {
    async print(outcome, pending) {
      const { index, ...rest } = outcome;
      const { file, line, serialNumber, productKey, missing } = pending ?? {};
      const remedy = isFailed(outcome) ? describeRemedy(outcome, { locale, say }, missing) : undefined;
      const row = { row: index + 1, file, line, serialNumber, productKey, ...rest, remedy };
      await io.stdout.write(`${JSON.stringify(row)}\n`);
    },
    end: () => Promise.resolve(),
  };
}

function createLinePrinter(
  { shown, hasSeveralFiles }: PrinterOptions,
  { io, ...language }: Context,
): OutcomePrinter {
  const columns = outcomeColumns(language);
  const paint = createPaint(io.stdout, io);
  return {
    async print(outcome, pending) {
      if (!isShown(outcome, shown)) return;
      const row = toRow(outcome, pending, hasSeveralFiles);
      await io.stdout.write(renderTable(columns, [row], { isTable: false, width: io.stdout.columns, paint }));
    },
    end: () => Promise.resolve(),
  };
}

function createTablePrinter(
  { shown, hasSeveralFiles }: PrinterOptions,
  { io, ...language }: Context,
): OutcomePrinter {
  const rows: OutcomeRow[] = [];
  let more = 0;
  return {
    print(outcome, pending) {
      if (isShown(outcome, shown)) {
        if (rows.length < tableRowsMax) rows.push(toRow(outcome, pending, hasSeveralFiles));
        else more += 1;
      }
      return Promise.resolve();
    },
    async end() {
      if (rows.length === 0) return;
      const paint = createPaint(io.stdout, io);
      await io.stdout.write(
        `${renderTable(outcomeColumns(language), rows, { isTable: true, width: io.stdout.columns, paint })}\n`,
      );
      if (more > 0) await io.stdout.write(`${language.say('moreRows', { count: more })}\n\n`);
    },
  };
}

function isShown(outcome: RowOutcome, shown: Shown): boolean {
  if (shown === 'none') return false;
  return shown === 'all' || outcome.status !== 'finished';
}

function toRow(outcome: RowOutcome, pending: PendingRow | undefined, hasSeveralFiles: boolean): OutcomeRow {
  const { status, errorCode, errorDescription, deviceId, serialNumber, productKey } = outcome;
  const place = pending && (hasSeveralFiles ? `${pending.file}:${pending.line}` : String(pending.line));
  return {
    row: outcome.index + 1,
    place,
    status,
    ...(errorCode !== undefined && { errorCode }),
    ...(errorDescription !== undefined && { errorDescription }),
    deviceId,
    serialNumber: pending?.serialNumber ?? serialNumber,
    productKey: pending?.productKey ?? productKey,
    makeModel: pending?.makeModel,
    missing: pending?.missing,
  };
}
