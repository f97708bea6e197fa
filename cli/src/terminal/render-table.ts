import type { Paint } from './paint.ts';
import { fitText, plainText, textWidth } from './text-layout.ts';
import { wrapText } from './text-layout.ts';

type Style = Parameters<Paint>[0];

export interface Column<Row> {
  readonly title: string;
  readonly text: (row: Row) => string;
  readonly style?: (row: Row) => Style | undefined;
  /** On a narrow terminal this column is cut first, down to this width. */
  readonly widthMin?: number;
  /** Long text: wrapped in what is left of the line, or on lines below its row where little is left. One at most, the last. */
  readonly isWrapped?: boolean;
}

export interface TableOptions {
  /** A table for people; otherwise one tab-separated line per row for other programs. */
  readonly isTable: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  readonly paint: Paint;
}

const gap = '  ';
const wrappedWidthMin = 40;

/** Rows as a table, without the columns that are empty in all of them. */
export function renderTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  options: TableOptions,
): string {
  if (!options.isTable) {
    return rows.map((row) => `${columns.map(({ text }) => plainText(text(row))).join('\t')}\n`).join('');
  }
  const filled = columns.filter(({ text }) => rows.some((row) => text(row) !== ''));
  const wrapped = filled.find(({ isWrapped }) => isWrapped);
  const fixed = filled.filter((column) => column !== wrapped);
  const widths = measure(fixed, rows, options.width);
  const left = options.width - widths.reduce((sum, width) => sum + width + gap.length, 0);
  const layout: Layout<Row> = { fixed, widths, wrapped, left, paint: options.paint };
  return [...renderHead(layout), ...rows.flatMap((row) => renderRow(row, layout)), ''].join('\n');
}

interface Layout<Row> {
  readonly fixed: readonly Column<Row>[];
  readonly widths: readonly number[];
  readonly wrapped: Column<Row> | undefined;
  /** What the wrapped column has of the line. */
  readonly left: number;
  readonly paint: Paint;
}

function renderHead<Row>({ fixed, widths, wrapped, left, paint }: Layout<Row>): string[] {
  const titles = fixed.map(({ title }, at) => fitText(title, widths[at] ?? 0));
  if (wrapped && left >= wrappedWidthMin) titles.push(wrapped.title);
  return [paint('dim', titles.join(gap).trimEnd())];
}

function renderRow<Row>(row: Row, { fixed, widths, wrapped, left, paint }: Layout<Row>): string[] {
  const cells = fixed.map(({ text, style }, at) => {
    const fitted = fitText(plainText(text(row)), widths[at] ?? 0);
    const name = style?.(row);
    return name ? paint(name, fitted) : fitted;
  });
  const line = cells.join(gap).trimEnd();
  const note = wrapped ? plainText(wrapped.text(row)) : '';
  if (note === '') return [line];
  const indent = widths.reduce((sum, width) => sum + width + gap.length, 0);
  if (left >= wrappedWidthMin) {
    const [first = '', ...more] = wrapText(note, left);
    return [`${cells.join(gap)}${gap}${first}`, ...more.map((text) => ' '.repeat(indent) + text)];
  }
  const below = Math.min(widths[0] ?? 0, 4) + gap.length;
  const notes = wrapText(note, Math.max(wrappedWidthMin, indent + left - below));
  return [line, ...notes.map((text) => ' '.repeat(below) + text)];
}

/** As wide as the widest cell; those that may be cut share what does not fit. */
function measure<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  terminalWidth: number,
): number[] {
  const widths = columns.map(({ title, text }) =>
    rows.reduce((widest, row) => Math.max(widest, textWidth(plainText(text(row)))), textWidth(title)),
  );
  let excess = widths.reduce((sum, width) => sum + width + gap.length, -gap.length) - terminalWidth;
  return widths.map((width, at) => {
    const widthMin = columns[at]?.widthMin ?? width;
    const cut = Math.max(0, Math.min(excess, width - widthMin));
    excess -= cut;
    return width - cut;
  });
}
