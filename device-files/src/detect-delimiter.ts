import { recogniseColumn } from './recognise-header.ts';

const delimiters = [',', ';', '\t', '|'] as const;

/** The delimiter that makes the most known columns of a header line; a comma when none does. */
export function detectDelimiter(headerLine: string): string {
  const known = (delimiter: string) =>
    headerLine
      .replaceAll('"', '')
      .split(delimiter)
      .map((cell) => recogniseColumn(cell))
      .filter((meaning) => meaning !== undefined).length;
  return delimiters.reduce((best, delimiter) => (known(delimiter) > known(best) ? delimiter : best));
}
