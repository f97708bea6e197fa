import { textWidth } from './text-width.ts';

/** A text in lines of at most so many columns, broken between words, and between characters where there is no space. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(/\S+\s*|\s+/g) ?? []) {
    let rest = piece;
    if (textWidth(line + rest.trimEnd()) > width && line !== '' && textWidth(rest) <= width) {
      lines.push(line.trimEnd());
      line = '';
    }
    while (textWidth(line + rest.trimEnd()) > width) {
      const head = takeColumns(rest, width - textWidth(line));
      if (head === '' && line === '') break;
      lines.push((line + head).trimEnd());
      line = '';
      rest = rest.slice(head.length);
    }
    line += rest;
  }
  if (line.trimEnd() !== '' || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}

function takeColumns(text: string, width: number): string {
  let taken = '';
  for (const character of text) {
    if (textWidth(taken + character) > width) break;
    taken += character;
  }
  return taken;
}
