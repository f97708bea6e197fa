/**
 * The cells of a line. Undefined for one that is not simple: a quoted value with a quote in it, or one that is not
 * closed in this line. The line may end in a carriage return.
 */
export function splitSimpleLine(line: string, delimiter: string): string[] | undefined {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (!text.includes('"')) return text.split(delimiter);
  const cells: string[] = [];
  let start = 0;
  for (;;) {
    const isQuoted = text[start] === '"';
    const end = isQuoted ? text.indexOf('"', start + 1) + 1 : text.indexOf(delimiter, start);
    if (isQuoted && end === 0) return undefined;
    const cellEnd = end < 0 ? text.length : end;
    const cell = isQuoted ? text.slice(start + 1, cellEnd - 1) : text.slice(start, cellEnd);
    cells.push(cell);
    if (cellEnd === text.length) return cells;
    if (text[cellEnd] !== delimiter) return undefined;
    start = cellEnd + 1;
  }
}
