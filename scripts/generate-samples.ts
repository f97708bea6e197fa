/**
 * Writes `samples/*.csv`: devices in the format of Get-WindowsAutopilotInfo, with hardware hashes of invented machines
 * of real makes and models. Everything comes from the table below, so that running it again writes the same bytes.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { encodeHardwareHash, encodeHashText } from '../contract/testing/encode-hardware-hash.ts';
import { formatGuid } from '../contract/src/guid.ts';
import { recordType, type HardwareHashRecord } from '../contract/src/hardware-hash/hardware-hash-layout.ts';

interface SampleMachine {
  readonly serialNumber: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly family: string;
  readonly processor: string;
  readonly disk: string;
}

const latitude: SampleMachine = {
  serialNumber: '8XK4NZ3',
  manufacturer: 'Dell Inc.',
  model: 'Latitude 7440',
  family: 'Latitude',
  processor: '13th Gen Intel(R) Core(TM) i7-1365U',
  disk: 'KIOXIA KXG8AZNV512G',
};
const eliteBook: SampleMachine = {
  serialNumber: '5CG3281QWK',
  manufacturer: 'HP',
  model: 'HP EliteBook 840 14 inch G10 Notebook PC',
  family: '103C_5336AN HP EliteBook',
  processor: '13th Gen Intel(R) Core(TM) i5-1345U',
  disk: 'SAMSUNG MZVL2512HCJQ-00BH1',
};
const thinkPadX1: SampleMachine = {
  serialNumber: 'PF4XZ19K',
  manufacturer: 'LENOVO',
  model: '21HMCTO1WW',
  family: 'ThinkPad X1 Carbon Gen 11',
  processor: '13th Gen Intel(R) Core(TM) i7-1355U',
  disk: 'WD PC SN740 SDDQNQD-512G-1001',
};
const surface: SampleMachine = {
  serialNumber: '013847224053',
  manufacturer: 'Microsoft Corporation',
  model: 'Surface Pro 9',
  family: 'Surface',
  processor: '12th Gen Intel(R) Core(TM) i5-1245U',
  disk: 'SK hynix HFS256GEJ4X112N',
};
const expertBook: SampleMachine = {
  serialNumber: 'S1N0CX03B472018',
  manufacturer: 'ASUSTeK COMPUTER INC.',
  model: 'ASUS EXPERTBOOK B5402CVA_B5402CVA',
  family: 'ASUS EXPERTBOOK',
  processor: '13th Gen Intel(R) Core(TM) i5-1340P',
  disk: 'Micron_2400_MTFDKBA512QFM',
};
const travelMate: SampleMachine = {
  serialNumber: 'NXB0JEG00832806F5A7600',
  manufacturer: 'Acer',
  model: 'TravelMate P614-53',
  family: 'TravelMate P6',
  processor: '13th Gen Intel(R) Core(TM) i7-1355U',
  disk: 'WD PC SN740 SDDPNQD-512G-1014',
};
const proBook: SampleMachine = {
  serialNumber: '5CD3417R2M',
  manufacturer: 'HP',
  model: 'HP ProBook 450 15.6 inch G10 Notebook PC',
  family: '103C_5336AN HP ProBook',
  processor: '13th Gen Intel(R) Core(TM) i5-1335U',
  disk: 'SAMSUNG MZVL4512HBLU-00BH1',
};
const precision: SampleMachine = {
  serialNumber: '6JQ2YV3',
  manufacturer: 'Dell Inc.',
  model: 'Precision 3581',
  family: 'Precision',
  processor: '13th Gen Intel(R) Core(TM) i7-13800H',
  disk: 'PC SN810 NVMe WDC 1024GB',
};
const thinkPadT14: SampleMachine = {
  serialNumber: 'PF4M8W2R',
  manufacturer: 'LENOVO',
  model: '21HD0071GE',
  family: 'ThinkPad T14 Gen 4',
  processor: '13th Gen Intel(R) Core(TM) i5-1335U',
  disk: 'SKHynix_HFS512GEJ9X115N',
};

const collected = { osVersion: '10.0.22631.3296', generatedAt: new Date('2024-03-18T08:30:00Z') };
const collectedBefore = { osVersion: '10.0.22621.525', generatedAt: new Date('2023-09-04T13:05:42Z') };

/** The sample files by name, with the bytes each must have. */
export function sampleFiles(): Readonly<Record<string, string>> {
  const machines = [latitude, eliteBook, thinkPadX1, surface, expertBook, travelMate];
  return {
    'devices.csv': csv([
      ...machines.map((machine) => row(machine, sampleHash(machine, collected))),
      row(proBook, shoutInTheMiddle(sampleHash(proBook, collected))),
      row(precision, sampleHash(precision, collected)),
      row(thinkPadT14, sampleHash(thinkPadT14, collected)),
      row(eliteBook, sampleHash(eliteBook, collected)),
    ]),
    'neighbour-device.csv': csv([row(thinkPadT14, sampleHash(thinkPadT14, collectedBefore))]),
  };
}

function csv(rows: readonly string[]): string {
  const header = 'Device Serial Number,Windows Product ID,Hardware Hash';
  return [header, ...rows].map((line) => `${line}\r\n`).join('');
}

/** The script leaves the product id empty, always. */
function row({ serialNumber }: SampleMachine, hash: string): string {
  return `${serialNumber},,${hash}`;
}

/** What a spreadsheet's autocorrection does to a long word: still base64, still 4,000 characters, no longer true. */
function shoutInTheMiddle(hash: string): string {
  return hash.slice(0, 600) + hash.slice(600, 624).toUpperCase() + hash.slice(624);
}

function sampleHash(
  machine: SampleMachine,
  made: { readonly osVersion: string; readonly generatedAt: Date },
): string {
  const { serialNumber, manufacturer, model } = machine;
  const tpmKey = seededBytes(`${serialNumber} tpm key`, 256);
  const offlineDeviceId = createHash('sha256').update(tpmKey).digest('hex');
  const smbiosUuid = formatGuid(seededBytes(`${serialNumber} uuid`, 16).toString('hex'));
  const facts = { serialNumber, manufacturer, model, smbiosUuid, offlineDeviceId, ...made };
  return encodeHardwareHash(facts, partRecords(machine, tpmKey));
}

/** What a hash says besides who the machine is: its processor, disk, network and TPM. */
function partRecords(machine: SampleMachine, tpmKey: Buffer): HardwareHashRecord[] {
  const diskSerial = seededBytes(`${machine.serialNumber} disk`, 8).toString('hex').toUpperCase();
  const tpm = "TPM-Version:2.0 -Level:0-Revision:1.59-VendorID:'STM '-Firmware:1.769";
  return [
    { type: recordType.processorMaker, data: encodeHashText('GenuineIntel') },
    { type: recordType.processorName, data: encodeHashText(machine.processor) },
    { type: recordType.diskSerialNumber, data: Buffer.from(`${diskSerial}|${machine.disk}|`, 'latin1') },
    { type: recordType.networkAddress, data: wirelessAdapter(machine.serialNumber) },
    { type: recordType.tpmDescriptor, data: encodeHashText(tpm) },
    { type: recordType.tpmEndorsementKey, data: tpmKey },
    { type: recordType.firmwareVendor, data: encodeHashText(machine.manufacturer) },
    { type: recordType.family, data: encodeHashText(machine.family) },
  ];
}

/** The medium (9: 802.11), the address (locally administered: nobody's), and the bus. */
function wirelessAdapter(serialNumber: string): Buffer {
  const address = Buffer.concat([Buffer.of(2), seededBytes(`${serialNumber} network`, 5)]);
  const bus = Buffer.from('PCI\0', 'utf16le');
  return Buffer.concat([Buffer.of(9, 0, 0, 0), address, Buffer.of(bus.length, 0, 0, 0), bus]);
}

/** Bytes that look random and are the same for the same seed. */
function seededBytes(seed: string, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
    createHash('sha256').update(`muster sample ${seed} ${index}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

if (import.meta.main) {
  for (const [name, content] of Object.entries(sampleFiles())) {
    writeFileSync(new URL(`../samples/${name}`, import.meta.url), content);
    console.log(`samples/${name}`);
  }
}
