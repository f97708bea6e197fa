import type { Locale } from '@muster/contract/locale';
import type { DeviceRow } from '@muster/device-files/device-row';
import { columnKeys, recogniseColumn, reportColumns } from '@muster/device-files/recognise-column';
import { explainDeviceFailure } from '@muster/sdk';
import type { FailedRow } from './messages.ts';

/** Nothing in the row can be corrected: the device is registered, or another row is the same device. */
const settled: ReadonlySet<string | undefined> = new Set(['ZtdDeviceAlreadyAssigned', 'ZtdDeviceDuplicated']);

/**
 * The failed rows that can be corrected, as they stand in the files, with code, name and remedy behind them: a CSV file
 * that uploads again once its values are right. `rows` is how many there are.
 */
export async function writeReport(
  rows: AsyncIterable<DeviceRow>,
  failures: ReadonlyMap<number, FailedRow['outcome']>,
  { columns, locale }: { readonly columns: readonly string[]; readonly locale: Locale },
): Promise<{ csv: string; rows: number }> {
  const own = columns.filter((column) => recogniseColumn(column) !== 'report');
  const ownKeys = columnKeys(own);
  const lines = [toCsvLine([...own, ...reportColumns])];
  let index = -1;
  for await (const row of rows) {
    index += 1;
    const failure = failures.get(index);
    if (!failure || settled.has(failure.errorDescription)) continue;
    const keys = columnKeys(row.columns);
    const cells = ownKeys.map((key) => row.cells[keys.indexOf(key)]?.trim() ?? '');
    const remedy = explainDeviceFailure(failure, locale)?.remedy ?? '';
    lines.push(toCsvLine([...cells, failure.errorCode ?? '', failure.errorDescription ?? '', remedy]));
  }
  return { csv: lines.join(''), rows: lines.length - 1 };
}

/** Quotes only where they are needed, as the tools these files come from do. */
function toCsvLine(cells: readonly string[]): string {
  const written = cells.map((cell) => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
  return `${written.join(',')}\r\n`;
}
