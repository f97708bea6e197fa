const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns that a text takes on a terminal: two for a Chinese character, none for a combining mark. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue;
    width += wide.test(character) ? 2 : 1;
  }
  return width;
}

/** Fits a text to a number of columns: padded, or cut with an ellipsis. */
export function fitText(text: string, width: number): string {
  const own = textWidth(text);
  if (own <= width) return text + ' '.repeat(width - own);
  let cut = '';
  for (const character of text) {
    if (textWidth(cut + character) > width - 1) break;
    cut += character;
  }
  return `${cut}…${' '.repeat(Math.max(0, width - 1 - textWidth(cut)))}`;
}

/** What a terminal would act on, made visible: a serial number must not move the cursor. */
export function plainText(text: string): string {
  return text.replaceAll(/\p{C}/gu, '\uFFFD');
}

/** Wraps a text to a number of columns, between words, or between characters if there is no space. */
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
