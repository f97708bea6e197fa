import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeHardwareHash } from '@muster/contract/hardware-hash/encode-hardware-hash';
import fc from 'fast-check';
import type { ReadNotice } from '../src/device-row.ts';
import { FileError } from '../src/file-error.ts';
import { readDevices } from '../src/read-devices.ts';
import { chunksOf, collect } from './support/chunks.ts';

interface Read {
  readonly devices: readonly object[];
  readonly notices: readonly ReadNotice[];
  /** What was found and on which line: a file that is refused, or the rows that refuse it. */
  readonly refusals: readonly (readonly [key: string, line: unknown])[];
}

async function read(content: string): Promise<Read> {
  const notices: ReadNotice[] = [];
  const file = { name: 'f', open: () => chunksOf(new TextEncoder().encode(content), 4096) };
  try {
    const rows = await collect(readDevices([file], { onNotice: (notice) => void notices.push(notice) }));
    const refusals = rows.flatMap(({ line, problem }) => (problem ? [[problem.key, line] as const] : []));
    return { devices: rows.map(({ device }) => device), notices, refusals };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return { devices: [], notices, refusals: [[error.key, error.values.line]] };
  }
}

const header = 'Serial Number,Manufacturer,Model';
const book = (serialNumber: string) => ({
  serialNumber,
  oemManufacturerName: 'Contoso',
  modelName: 'Book 3',
});

const refused: readonly [what: string, content: string, key: string, line: number | undefined][] = [
  [
    'an unclosed quotation mark in an ignored column',
    `${header},Group Tag\nA1,Contoso,Book 3,"Sales\nA2,Contoso,Book 3,"Sales"\nA3,Contoso,Book 3,Sales\n`,
    'strayQuote',
    3,
  ],
  [
    'an unclosed quotation mark that a later one closes',
    `${header},Group Tag\nA1,Contoso,Book 3,"Sales\nA2,Contoso,Book 3,Sales\nA3,Contoso,Book 3,"\n`,
    'swallowedRows',
    2,
  ],
  [
    'a quotation mark that is never closed',
    `${header}\nA1,Contoso,"Book 3\nA2,Contoso,Book\n`,
    'unclosedQuote',
    2,
  ],
  ['a quotation mark inside a value', `${header}\nA1,Con"toso, Inc",Book 3\n`, 'strayQuote', 2],
  [
    'a cell under a column without a name',
    `${header},\nA1,Gigabyte Technology Co., Ltd.,Z370 HD3\n`,
    'cellWithoutColumn',
    2,
  ],
  ['a cell beyond the header', `${header}\nA1,Dell, Inc.,Book 3\n`, 'tooManyCells', 2],
  ['another separator in the header', `${header};;\nA1,Contoso,Book 3;;\n`, 'mixedSeparators', 1],
  ['another separator in a value', `${header}\nA1,Contoso,Book 3;;\n`, 'valueSeparator', 2],
  ['quotation marks of its own', `${header}\nA1,"""Contoso""",Book 3\n`, 'valueQuoted', 2],
  ['a zero-width space', `${header}\nA1\u200B,Contoso,Book 3\n`, 'valueInvisible', 2],
  ['a no-break space', `${header}\nA1,Contoso,Book\u00A03\n`, 'valueInvisible', 2],
  ['a direction mark', `${header}\n\u200EA1,Contoso,Book 3\n`, 'valueInvisible', 2],
  ['a failed formula', `${header}\n#N/A,Contoso,Book 3\n`, 'valueFormula', 2],
  ['a failed formula of German Excel', `${header}\nA1,#BEZUG!,Book 3\n`, 'valueFormula', 2],
  ['a formula', `${header}\n=B2,Contoso,Book 3\n`, 'valueFormula', 2],
  ['numbers a spreadsheet rounded', `Product Key\n3.30512E+12\n3.30512E+12\n`, 'valueRounded', 2],
  [
    'a wrong cell after a value over two lines',
    `${header},Note\r\nA1,Contoso,Book 3,"one\r\ntwo"\r\n#N/A,Contoso,Book 3,\r\n`,
    'valueFormula',
    4,
  ],
  [
    'two columns of one meaning',
    'Serial Number,Service Tag,Product Key\n1,2,3\n',
    'repeatedColumn',
    undefined,
  ],
  [
    'a JSON device with two serial numbers',
    '[{"serialNumber":"A1","SerialNumber":"A2","productKey":"3305120004561"}]',
    'memberTwice',
    1,
  ],
  [
    'JSON with two lists',
    '{"devices":[{"serialNumber":"1"}],"items":[{"serialNumber":"2"}]}',
    'jsonAmbiguous',
    1,
  ],
  ['JSON in a list of another name', '{"machines":[{"serialNumber":"1"}]}', 'jsonAmbiguous', 1],
];

for (const [what, content, key, line] of refused)
  test(`${what} refuses the file and names the line`, async () => {
    assert.deepEqual((await read(content)).refusals[0], [key, line]);
  });

const readRight: readonly [what: string, content: string, devices: readonly object[]][] = [
  [
    'spaces around quotation marks',
    `"Serial Number", "Manufacturer", "Model"\n"A1", "Contoso", "Book 3"\n`,
    [book('A1')],
  ],
  ['pipes', `Serial Number|Manufacturer|Model\nA1|Contoso|Book 3\n`, [book('A1')]],
  [
    '#TYPE lines at the top and between joined files',
    `#TYPE System.Management.Automation.PSCustomObject\n${header}\nA1,Contoso,Book 3\n#TYPE System.Object\n${header}\nA2,Contoso,Book 3\n`,
    [book('A1'), book('A2')],
  ],
  [
    'title lines of a report',
    `Inventory of 2026-11-25\n\nAll sites,,\n${header}\nA1,Contoso,Book 3\n`,
    [book('A1')],
  ],
  [
    'a header with other columns in the middle',
    `${header}\nA1,Contoso,Book 3\nModel,Manufacturer,Serial Number,Note\nBook 3,Contoso,A2,x\n`,
    [book('A1'), book('A2')],
  ],
  ['plain names', 'Serial,Make,Model\nA1,Contoso,Book 3\n', [book('A1')]],
  [
    'the names of WMI',
    'SerialNumber,ProductID,DeviceHardwareData\nA1,,T0E=\n',
    [{ serialNumber: 'A1', hardwareHash: 'T0E=' }],
  ],
  [
    'the import request of Microsoft Graph',
    '{"importedWindowsAutopilotDeviceIdentities":[{"serialNumber":"A1","productKey":"3305120004561"},{"serialNumber":"A2","productKey":"3305120004562"}]}',
    [
      { serialNumber: 'A1', productKey: '3305120004561' },
      { serialNumber: 'A2', productKey: '3305120004562' },
    ],
  ],
  ['a value that is kept from a spreadsheet', `${header}\n="0012",Contoso,Book 3\n`, [book('0012')]],
];

for (const [what, content, devices] of readRight)
  test(`${what} are read right`, async () => {
    const found = await read(content);
    assert.deepEqual([found.devices, found.refusals], [devices, []]);
  });

test('what JSON holds beside the devices is reported, a next page above all', async () => {
  const { notices } = await read(
    '{"@odata.nextLink":"https://example.test/2","value":[{"serialNumber":"A1","productKey":"1","groupTag":"x"}]}',
  );
  assert.deepEqual(notices, [
    { kind: 'columnsIgnored', file: 'f', columns: ['@odata.nextLink', 'groupTag'] },
  ]);
});

test('a hash that was encoded twice is read as the hash inside, and that is said', async () => {
  const hash = encodeHardwareHash({ serialNumber: 'A1', manufacturer: 'Contoso', model: 'Book 3' });
  for (const encoding of ['utf8', 'utf16le'] as const) {
    const { devices, notices } = await read(
      `Hardware Hash\n${Buffer.from(hash, encoding).toString('base64')}\n`,
    );
    assert.deepEqual(devices, [{ hardwareHash: hash }]);
    assert.deepEqual(notices, [{ kind: 'hashUnwrapped', file: 'f', line: 2 }]);
  }
});

const dialect = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t'),
  newline: fc.constantFrom('\n', '\r\n'),
  isQuoted: fc.boolean(),
});
const word = fc.stringMatching(/^[A-Za-z0-9]{1,8}( [A-Za-z0-9]{1,4})?$/);
const machines = fc.array(fc.tuple(word, word, word, word), { minLength: 1, maxLength: 6 });

test('a file in any dialect with a character put in anywhere gives the same devices, or a refusal that names a line', async () => {
  const damage = fc.constantFrom('"', '""', '\u200B', '\u00A0', '#N/A', '"\n', ';', '|');
  await fc.assert(
    fc.asyncProperty(
      dialect,
      machines,
      damage,
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      async (how, rows, mark, where) => {
        const cell = (text: string): string => (how.isQuoted ? `"${text}"` : text);
        const lines = [['Serial Number', 'Manufacturer', 'Model', 'Note'], ...rows];
        const text = lines.map((cells) => cells.map(cell).join(how.delimiter) + how.newline).join('');
        const expected = rows.map(([serialNumber, oemManufacturerName, modelName]) => ({
          serialNumber,
          oemManufacturerName,
          modelName,
        }));
        assert.deepEqual((await read(text)).devices, expected);
        const afterHeader = text.indexOf('\n') + 1;
        const at = afterHeader + Math.floor((text.length - afterHeader) * where);
        const { devices, refusals } = await read(text.slice(0, at) + mark + text.slice(at));
        const isWhole = devices.length === expected.length && refusals.length === 0;
        if (isWhole)
          for (const [index, device] of devices.entries()) assertSameBut(device, expected[index], mark);
        else for (const [, line] of refusals) assert.equal(typeof line, 'number');
        assert.ok(isWhole || refusals.length > 0, 'devices are missing without a word');
      },
    ),
    { numRuns: 500 },
  );
});

/** A character that anybody sees may be meant; one that nobody sees may not change a value. */
function assertSameBut(device: object, expected: object | undefined, mark: string): void {
  const seen = mark.trim() === '' || mark === '\u200B' ? '' : JSON.stringify(mark).slice(1, -1);
  const strip = (value: object | undefined): string =>
    (seen === '' ? JSON.stringify(value) : JSON.stringify(value).replaceAll(seen, '')).replaceAll('\\"', '');
  assert.equal(strip(device), strip(expected));
}
