import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileError } from '../src/file-error.ts';
import type { ReadNotice } from '../src/device-row.ts';
import { readDevices } from '../src/read-devices.ts';
import { chunksOf, collect } from './support/chunks.ts';

async function read(content: string | Uint8Array) {
  const notices: ReadNotice[] = [];
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const file = { name: '-', open: () => chunksOf(bytes, 65_536) };
  const rows = await collect(readDevices([file], { onNotice: (notice) => void notices.push(notice) }));
  return { rows, notices, devices: rows.map(({ device }) => device) };
}

const full = {
  serialNumber: '0012',
  productKey: 'K-1',
  hardwareHash: 'T0E=',
  oemManufacturerName: 'Dell, Inc.',
  modelName: 'Latitude 5',
};

test('Get-WindowsAutopilotInfo: the product key is empty, leading zeros stay', async () => {
  const { devices } = await read('Device Serial Number,Windows Product ID,Hardware Hash\r\n0012,,T0E=\r\n');
  assert.deepEqual(devices, [{ serialNumber: '0012', hardwareHash: 'T0E=' }]);
});

test('Get-WindowsAutopilotInfo -Partner and Partner Center: five columns in any case and order', async () => {
  const header = 'device MODEL,Manufacturer name,HARDWARE HASH,windows product id,Device serial number';
  const { devices } = await read(`${header}\n Latitude 5 ,"Dell, Inc.",T0E=,K-1,0012\n`);
  assert.deepEqual(devices, [full]);
});

test('the Partner Center template: trailing commas, explanation rows, a byte order mark', async () => {
  const { devices, notices } = await read(
    '\uFEFFDevice serial number,Windows product ID,Hardware hash,Manufacturer name,Device model,\n' +
      '0012,K-1,T0E=,"Dell, Inc.",Latitude 5,\n' +
      'SAMPLE EXPLAINED: fill in at least one of these,,,,,\n' +
      ',,,,,\n',
  );
  assert.deepEqual(devices, [full]);
  assert.deepEqual(notices, [{ kind: 'rowSkipped', file: '-', line: 3 }]);
});

test('Intune: group tag, order id and assigned user are told as ignored, the device is read', async () => {
  for (const column of ['Group Tag', 'OrderID', 'Order ID', 'Assigned User']) {
    const { devices, notices } = await read(
      `Device Serial Number,Windows Product ID,Hardware Hash,${column}\n0012,,T0E=,Sales\n`,
    );
    assert.deepEqual(devices, [{ serialNumber: '0012', hardwareHash: 'T0E=' }]);
    assert.deepEqual(notices, [{ kind: 'columnsIgnored', file: '-', columns: [column] }]);
  }
});

test('Managed Desktop: manufacturer, model, serial number, hash', async () => {
  const { devices } = await read(
    'Manufacturer,Model,Serial Number,Hardware Hash\n"Dell, Inc.",Latitude 5,0012,T0E=\n',
  );
  const { productKey: _without, ...expected } = full;
  assert.deepEqual(devices, [expected]);
});

test('semicolons, tabs, and the separator line of a spreadsheet', async () => {
  const expected = [{ serialNumber: '0012', productKey: 'K,1' }];
  for (const [before, separator] of [
    ['', ';'],
    ['', '\t'],
    ['sep=;\r\n', ';'],
    ['sep=|\n', '|'],
  ] as const) {
    const content = `${before}Serial Number${separator}Product Key\r\n0012${separator}K,1\r\n`;
    assert.deepEqual((await read(content)).devices, expected, JSON.stringify(content));
  }
});

test('files joined one behind the other: a header in the middle starts again', async () => {
  const { rows } = await read(
    'Device Serial Number,Windows Product ID,Hardware Hash\n1,,T0E=\n' +
      '\uFEFFHardware Hash,Device Serial Number,Windows Product ID\nT0F=,2,\n',
  );
  assert.deepEqual(
    rows.map(({ line, device }) => [line, device.serialNumber, device.hardwareHash]),
    [
      [2, '1', 'T0E='],
      [4, '2', 'T0F='],
    ],
  );
});

test('what keeps a spreadsheet from changing a number is no part of it', async () => {
  const { devices } = await read('Serial Number,Product Key\n="0012",K-1\n"=""0013""",K-2\n');
  assert.deepEqual(
    devices.map(({ serialNumber }) => serialNumber),
    ['0012', '0013'],
  );
});

test('the columns of a failed-row report are ignored in silence', async () => {
  const { devices, notices } = await read(
    'Serial Number,Product Key,Error code,Error name,Remedy\n1,K-1,808,Ztd,Ask\n',
  );
  assert.deepEqual(devices, [{ serialNumber: '1', productKey: 'K-1' }]);
  assert.deepEqual(notices, []);
});

test('JSON arrays, NDJSON, request bodies and lists of the API, with members in any case', async () => {
  const device = {
    SerialNumber: ' 0012 ',
    productKey: 'K-1',
    Id: null,
    hardwareHash: '',
    extra: [1, { a: 2 }],
  };
  const expected = { serialNumber: '0012', productKey: 'K-1' };
  const contents = [
    JSON.stringify([device, device]),
    JSON.stringify([device, device], null, 2),
    `${JSON.stringify(device)}\n${JSON.stringify(device)}\n`,
    JSON.stringify({ BatchId: 'b', Devices: [device, device] }, null, 2),
    JSON.stringify({ totalCount: 2, items: [device, device] }),
  ];
  for (const content of contents)
    assert.deepEqual((await read(content)).devices, [expected, expected], content);
});

test('policies of a JSON device are kept, whatever the case of their names', async () => {
  const { devices } = await read(
    '{"SerialNumber":"1","Policies":[{"Key":"OOBE","Value":"p1"},{"Key":"OOBE"}]}',
  );
  assert.deepEqual(devices, [{ serialNumber: '1', policies: [{ key: 'o_o_b_e', value: 'p1' }] }]);
});

test('a row the service would refuse the whole call for carries its problem, and the others are read', async () => {
  const { rows } = await read(
    `Serial Number,Product Key\n1,K,Dell, Inc.\n${'9'.repeat(257)},K\n1\u0007,K\n2,K\n`,
  );
  assert.deepEqual(
    rows.map(({ line, problem }) => [line, problem?.key]),
    [
      [2, 'tooManyCells'],
      [3, 'valueTooLong'],
      [4, 'valueUnprintable'],
      [5, undefined],
    ],
  );
});

test('a file of no use says what is wrong with it', async () => {
  const cases: [content: string, key: string][] = [
    ['hello there\nthis is no csv\n', 'unknownHeader'],
    ['\n \n', 'fileEmpty'],
    ['Serial Number\n1\n', 'unidentifiableHeader'],
    ['Manufacturer,Model\nDell,5\n', 'unidentifiableHeader'],
    ['Serial Number,Serial,Hardware Hash\n1,2,3\n', 'repeatedColumn'],
    ['[{"serialNumber":"1"},{"ser', 'badJson'],
    ['[{"serialNumber":"1"}', 'badJson'],
    ['{"serialNumber":1,}', 'badJson'],
    ['[1, 2]', 'jsonNotDevices'],
    ['["1"]', 'jsonNotDevices'],
    ['[]', 'fileWithoutDevices'],
  ];
  for (const [content, key] of cases) {
    await assert.rejects(read(content), (fault: FileError) => fault.key === key, content);
  }
});

test('an unknown header is shown without what a terminal would act on', async () => {
  await assert.rejects(
    read(`\u001b[31mred,${'b'.repeat(200)}\n1,2\n`),
    (fault: FileError) => fault.values.found === `?[31mred, ${'b'.repeat(40)}`,
  );
});
