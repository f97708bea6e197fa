import type { Output } from '../io.ts';
import type { Paint } from './paint.ts';
import { fitText, plainText, textWidth } from './text-width.ts';
import { wrapText } from './wrap-text.ts';

type Style = Parameters<Paint>[0];

export interface Column<Row> {
  readonly title: string;
  readonly text: (row: Row) => string;
  readonly style?: (row: Row) => Style | undefined;
  /** On a terminal, takes what is left of the line and is wrapped in it. At most one column. */
  readonly isWrapped?: boolean;
}

interface TableOptions {
  readonly output: Output;
  readonly paint: Paint;
}

const gap = '  ';

/**
 * Rows as a table on a terminal, without the columns that are empty in all of them. Elsewhere: one line a row, the
 * cells parted by tabs, without titles, for other programs to read.
 */
export function renderTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  options: TableOptions,
): string {
  const { output, paint } = options;
  if (!output.isTTY) {
    return rows.map((row) => `${columns.map(({ text }) => plainText(text(row))).join('\t')}\n`).join('');
  }
  const filled = columns.filter(({ text }) => rows.some((row) => text(row) !== ''));
  const widths = measure(filled, rows, output.columns);
  const head = filled.map(({ title }, at) => paint('dim', fitText(title, widths[at] ?? 0)));
  const body = rows.flatMap((row) => renderRow(filled, row, { widths, paint }));
  return [head.join(gap).trimEnd(), ...body, ''].join('\n');
}

interface Layout {
  readonly widths: readonly number[];
  readonly paint: Paint;
}

function renderRow<Row>(columns: readonly Column<Row>[], row: Row, { widths, paint }: Layout): string[] {
  const cells = columns.map(({ text, isWrapped }, at) =>
    isWrapped ? wrapText(plainText(text(row)), widths[at] ?? 0) : [plainText(text(row))],
  );
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => {
    const texts = columns.map(({ style }, at) => {
      const fitted = fitText(cells[at]?.[line] ?? '', widths[at] ?? 0);
      const name = style?.(row);
      return name ? paint(name, fitted) : fitted;
    });
    return texts.join(gap).trimEnd();
  });
}

/** As wide as the widest cell; the wrapped column as narrow as the terminal asks, never below 24. */
function measure<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  terminalWidth: number,
): number[] {
  const widths = columns.map(({ title, text }) =>
    rows.reduce((widest, row) => Math.max(widest, textWidth(plainText(text(row)))), textWidth(title)),
  );
  const wrapped = columns.findIndex(({ isWrapped }) => isWrapped);
  if (wrapped < 0) return widths;
  const others =
    widths.reduce((sum, width) => sum + width + gap.length, -gap.length) - (widths[wrapped] ?? 0);
  widths[wrapped] = Math.max(24, Math.min(widths[wrapped] ?? 0, terminalWidth - others));
  return widths;
}
