import type { SharedInvocation } from '../command.ts';
import type { Io } from '../io.ts';
import { createPaint } from './paint.ts';
import { renderTable, type Column, type TableOptions } from './render-table.ts';

interface Listed<Row> {
  readonly rows: AsyncIterable<Row>;
  readonly columns: readonly Column<Row>[];
}

/**
 * Prints a list: with `--json` one object a line, as the service gave it; a table on a terminal; lines parted by tabs
 * elsewhere. Only the table holds all rows at once.
 */
export async function printList<Row>(
  { rows, columns }: Listed<Row>,
  { values, say }: SharedInvocation,
  io: Io,
): Promise<void> {
  const options = tableOptions(io);
  const kept: Row[] = [];
  for await (const row of rows) {
    io.interruption.throwIfAborted();
    if (io.stdout.isClosed) break;
    if (values.json) await io.stdout.write(`${JSON.stringify(row)}\n`);
    else if (options.isTable) kept.push(row);
    else await io.stdout.write(renderTable(columns, [row], options));
  }
  if (kept.length > 0) await io.stdout.write(renderTable(columns, kept, options));
  else if (options.isTable && !values.json) await io.stderr.write(`${say('nothingFound')}\n`);
}

/** A table on a terminal, lines for programs elsewhere. */
export function tableOptions(io: Io): TableOptions {
  return { isTable: io.stdout.isTTY, width: io.stdout.columns, paint: createPaint(io.stdout, io) };
}
