import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeHardwareHash } from '@muster/contract/testing/encode-hardware-hash';
import { readDevices } from '../src/read-devices.ts';
import { chunksOf, collect } from './support/chunks.ts';
import { read } from './support/read.ts';

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
    'unclosedQuote',
    2,
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
  ['two columns of one meaning', 'Serial Number,Service Tag,Product Key\n1,2,3\n', 'repeatedColumn', 1],
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
  [
    'a header with two separators',
    `Serial Number;Manufacturer,Model\nA1,Contoso,Book 3\n`,
    'mixedSeparators',
    1,
  ],
  ['a wrong separator line', `sep=;\n${header}\nA1,Contoso,Book 3\n`, 'mixedSeparators', 2],
  ['a cell too few', `${header},Note\nA1,ContosoBook 3,x\n`, 'tooFewCells', 2],
  ['an empty cell too many', `${header},Note\nA1,Con,toso,Book 3,\n`, 'tooManyCells', 2],
  ['a row with another separator', `${header}\nA1,Contoso,Book 3\nA2;Contoso;Book 3\n`, 'tooFewCells', 3],
  ['a line break in a row', `${header}\nA1,Con\rtoso,Book 3\n`, 'tooFewCells', 2],
  ['European quotation marks', `${header}\n„A1“,„Contoso“,„Book 3“\n`, 'valueQuoted', 2],
  ['apostrophes', `${header}\n'0012,Contoso,Book 3\n`, 'valueQuoted', 2],
  [
    'quotation marks of another kind in the header',
    `'Serial Number','Product Key'\n'1','2'\n`,
    'mixedSeparators',
    1,
  ],
  ['a failed formula of Spanish Excel', `${header}\nA1,#¡REF!,Book 3\n`, 'valueFormula', 2],
  ['a failed formula of Danish Excel', `${header}\n#I/T,Contoso,Book 3\n`, 'valueFormula', 2],
  ['a failed formula of LibreOffice', `${header}\nA1,Err:502,Book 3\n`, 'valueFormula', 2],
  ['a variation selector', `${header}\nA1\uFE0F,Contoso,Book 3\n`, 'valueInvisible', 2],
  ['a Hangul filler', `${header}\nA\u31641,Contoso,Book 3\n`, 'valueInvisible', 2],
  ['a byte order mark in the middle', `${header}\nA\uFEFF1,Contoso,Book 3\n`, 'valueInvisible', 2],
  ['a zero byte', `${header}\nA1,Contoso,Book 3\nA\0,Contoso,Book 3\n`, 'valueUnprintable', 3],
  ['a decimal comma', `Product Key;Note\n3,30512E+12;x\n`, 'valueRounded', 2],
  ['a number with decimals', `Product Key\n3305120004561.0\n`, 'valueRounded', 2],
  ['a number in groups', `Product Key;Note\n3.305.120.004.561;x\n`, 'valueRounded', 2],
  [
    'a member of one name twice',
    '[\n{"serialNumber":"A1",\n"serialNumber":"A2","productKey":"1"}]',
    'memberTwice',
    2,
  ],
  [
    'a wrong device in a list in an object',
    '{"value":[\n{"serialNumber":"A1","productKey":"1"},\n{"serialNumber":"#N/A","productKey":"2"}]}',
    'valueFormula',
    3,
  ],
  ['a row above the header', `A0,Contoso,Book 3\n${header}\nA1,Contoso,Book 3\n`, 'unknownHeader', 1],
  ['lines in quotation marks as a whole', `"${header}"\n"A1,Contoso,Book 3"\n`, 'lineQuoted', 1],
  ['a separator nobody knows', `${header.replaceAll(',', '^')}\nA1^Contoso^Book 3\n`, 'unknownSeparator', 1],
  ['the end of a company name', `${header},Tag\nA1,Gigabyte Co., Ltd.,Z370\n`, 'valueShifted', 2],
  ['the name of a type', `${header}\nSystem.Object[],Contoso,Book 3\n`, 'valueObject', 2],
  ['UTF-8 that was read as Windows-1252', `${header}\nA1,CafÃ©,Book 3\n`, 'valueGarbled', 2],
  ['devices by their names', '{"A1":{"serialNumber":"A1"},"A2":{"serialNumber":"A2"}}', 'jsonAmbiguous', 1],
  [
    'an NDJSON line that does not end',
    '{"productKey":"1"}\n{"productKey":"2",\n{"productKey":"3"}\n',
    'badJson',
    2,
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
  [
    'nested wrappers',
    '{"responses":[{"id":"1","status":200,"body":{"value":[{"serialNumber":"A1","productKey":"1"}]}}]}',
    [{ serialNumber: 'A1', productKey: '1' }],
  ],
  [
    'lines that end in every way',
    `${header}\rA1,Contoso,Book 3\r\nA2,Contoso,Book 3\n`,
    [book('A1'), book('A2')],
  ],
  ['a title with a quotation mark', `Inventory of "Contoso\n${header}\nA1,Contoso,Book 3\n`, [book('A1')]],
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

const hash = encodeHardwareHash({ serialNumber: 'A1', manufacturer: 'Contoso', model: 'Book 3' });
const base64 = (text: string, encoding: BufferEncoding = 'utf8') =>
  Buffer.from(text, encoding).toString('base64');
const spellings: Readonly<Record<string, string>> = {
  'encoded twice': base64(hash),
  'encoded twice from UTF-16': base64(`\uFEFF${hash}`, 'utf16le'),
  'encoded three times': base64(base64(hash)),
  'with line breaks': `"${hash.replaceAll(/.{76}/g, '$&\r\n')}"`,
  'with spaces': hash.replaceAll(/.{100}/g, '$& '),
  'with a zero-width space': `${hash.slice(0, 50)}\u200B${hash.slice(50)}`,
  'as a data URI': `"data:application/octet-stream;base64,${hash}"`,
  'in hexadecimal': Buffer.from(hash, 'base64').toString('hex'),
  'in hexadecimal, encoded again': base64(Buffer.from(hash, 'base64').toString('hex')),
  'for a URL': Buffer.from(hash, 'base64').toString('base64url'),
  'with percent signs': encodeURIComponent(hash),
};
for (const [how, text] of Object.entries(spellings))
  test(`a hash ${how} is read as the hash itself, and that is reported`, async () => {
    const { devices, notices } = await read(`Hardware Hash\n${text}\n`);
    const [device] = devices as { hardwareHash?: string }[];
    assert.equal(device?.hardwareHash?.replace(/=+$/, ''), hash.replace(/=+$/, ''));
    assert.deepEqual(notices, [{ kind: 'hashUnwrapped', file: 'f', line: 2 }]);
  });

test('columns that no table knows are read as the user says', async () => {
  const content = 'Asset,Serial Number,Maker,Type\nA1,x,Contoso,Book 3\n';
  const columns = new Map([
    ['asset', 'serialNumber'],
    ['maker', 'oemManufacturerName'],
    ['type', 'modelName'],
  ] as const);
  const read = async (text: string) => {
    const file = { name: 'f', open: () => chunksOf(new TextEncoder().encode(text), 4096) };
    return (await collect(readDevices([file], { columns }))).map(({ device }) => device);
  };
  assert.deepEqual(await read(content), [book('A1')]);
  assert.deepEqual(await read('[{"Asset":"A1","Serial":"x","Maker":"Contoso","Type":"Book 3"}]'), [
    book('A1'),
  ]);
  await assert.rejects(read(`${header}\nA1,Contoso,Book 3\n`), { key: 'columnNotFound' });
  // No option can tell columns of one name apart, so their places are told.
  await assert.rejects(read('Asset,Maker,Type,Asset\nA1,Contoso,Book 3,A2\n'), {
    key: 'equalColumns',
    values: { file: 'f', line: 1, column: 'Asset', first: 1, second: 4 },
  });
});
