import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderTable, type Column } from '../../src/terminal/render-table.ts';
import { plainText, textWidth } from '../../src/terminal/text-layout.ts';
import { wrapText } from '../../src/terminal/text-layout.ts';

interface Row {
  readonly name: string;
  readonly note: string;
}

const columns: Column<Row>[] = [
  { title: 'NAME', text: ({ name }) => name, widthMin: 6 },
  { title: 'EMPTY', text: () => '' },
  { title: 'NOTE', text: ({ note }) => note, isWrapped: true },
];
const paint = (_style: string, text: string) => text;
const note = 'Ask the supplier or the former owner to deregister it, then upload it again.';

test('no line is wider than the terminal, in either language', () => {
  const rows = [
    { name: 'A laptop with a very long name indeed', note },
    {
      name: '筆記型電腦',
      note: '請供應商或前擁有者取消註冊，然後重新上傳。請供應商或前擁有者取消註冊，然後重新上傳。',
    },
  ];
  for (const width of [60, 80, 120]) {
    const lines = renderTable(columns, rows, { isTable: true, width, paint }).split('\n');
    for (const line of lines) assert.ok(textWidth(line) <= width, `${width}: ${line}`);
    assert.ok(!lines[0]?.includes('EMPTY'));
    assert.equal(lines.join('').replaceAll(/\s/g, '').includes(note.replaceAll(' ', '')), true);
  }
});

test('without a terminal: one line a row, all columns, nothing cut, nothing a terminal would act on', () => {
  const text = renderTable(columns, [{ name: 'a\u001b[31m\tb', note }], { isTable: false, width: 20, paint });
  assert.equal(text, `a\uFFFD[31m\uFFFDb\t\t${note}\n`);
});

test('text wraps between words, and anywhere where there are none, and nothing is lost', () => {
  assert.deepEqual(wrapText('one two three', 7), ['one two', 'three']);
  assert.deepEqual(wrapText('abcdefghij', 4), ['abcd', 'efgh', 'ij']);
  assert.deepEqual(wrapText('請重新上傳', 4), ['請重', '新上', '傳']);
  assert.deepEqual(wrapText('', 4), ['']);
});

test('a Chinese character takes two columns, a combining mark none', () => {
  assert.equal(textWidth('a漢e\u0301'), 4);
  assert.equal(plainText('a\u0000\u200Eb'), 'a\uFFFD\uFFFDb');
});
