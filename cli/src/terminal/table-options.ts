import type { Io } from '../io.ts';
import { createPaint } from './paint.ts';
import type { TableOptions } from './render-table.ts';

/** A table on a terminal, lines for programs elsewhere. */
export function tableOptions(io: Io): TableOptions {
  return { isTable: io.stdout.isTTY, width: io.stdout.columns, paint: createPaint(io.stdout, io) };
}
