import { decodeHardwareHash } from '@muster/contract/hardware-hash/decode-hardware-hash';
import {
  describeHardwareHash,
  type HardwareHashDescription,
} from '@muster/contract/hardware-hash/describe-hardware-hash';
import { identityKeys } from '@muster/contract/identity/identity-keys';
import { phrase, type Phrase } from '@muster/contract/locale';
import { nameHashProblem } from '@muster/device-files/check-row';
import { DuplicateFinder } from '@muster/device-files/find-duplicates';
import { readDevices, type DeviceFile } from '@muster/device-files/read-devices';
import { CliError } from '../cli-error.ts';
import { defineCommand, type SharedInvocation } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { plainText } from '../terminal/text-layout.ts';
import { expandFiles } from '../upload/expand-files.ts';
import { toDeviceFiles } from '../upload/input-files.ts';

export const decodeHashCommand = defineCommand({
  usage: 'FILE...',
  argumentCount: [1, Infinity],
  isConnected: false,
  example: `muster hash decode devices.csv
Get-WindowsAutopilotInfo | muster hash decode -
muster hash decode hash.txt --json`,
  json: {
    'en-US': `One line per hash: {"file","line","usable","problem","sameDeviceAs","serialNumber","manufacturer","model",
"smbiosUuid","disks","networkAddresses","tpm","toolVersion","osVersion","generatedAt",...}.`,
    'zh-TW': `每個雜湊一行：{"file","line","usable","problem","sameDeviceAs","serialNumber","manufacturer","model",
"smbiosUuid","disks","networkAddresses","tpm","toolVersion","osVersion","generatedAt",...}。`,
  },
  options: {},
  async run(invocation, io) {
    const files = toDeviceFiles(await expandFiles(invocation.arguments, io.workingDirectory), io).map(
      withHeader,
    );
    const finder = new DuplicateFinder(files.length > 1);
    let count = 0;
    let unusable = 0;
    for await (const row of readDevices(files)) {
      io.interruption.throwIfAborted();
      const { hardwareHash } = row.device;
      if (hardwareHash === undefined) continue;
      const decoded = decodeHardwareHash(hardwareHash);
      const duplicate = finder.add(row, decoded.usable ? identityKeys({ hash: decoded }) : []);
      const { file, line } = row;
      const sameDeviceAs = duplicate?.values.where;
      const found = { file, line, ...describeHardwareHash(hardwareHash), sameDeviceAs };
      count += 1;
      if (!found.usable) unusable += 1;
      await io.stdout.write(
        invocation.values.json ? `${JSON.stringify(found)}\n` : toText(found, invocation),
      );
    }
    if (count === 0) throw new CliError('noHashes', { file: files.map(({ name }) => name).join(', ') });
    return unusable > 0 ? exitCode.failedDevices : exitCode.finished;
  },
});

interface FoundHash extends HardwareHashDescription {
  readonly file: string;
  readonly line: number;
  /** The place of the first hash of the same device. */
  readonly sameDeviceAs: unknown;
}

/** A file that may hold nothing but hashes: in base64, one after another, or one as bytes. Others are lists of devices. */
function withHeader({ name, open }: DeviceFile): DeviceFile {
  return {
    name,
    open: async function* () {
      const chunks: Uint8Array[] = [];
      for await (const chunk of open()) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      yield Buffer.from(toListOfHashes(bytes) ?? bytes);
    },
  };
}

function toListOfHashes(bytes: Buffer): string | undefined {
  if (/^OA[^\n]*\0/.test(bytes.subarray(0, 64).toString('latin1')))
    return `Hardware Hash\n${bytes.toString('base64')}\n`;
  const lines = bytes
    .toString('latin1')
    .trim()
    .split(/\s*[\r\n]\s*/);
  if (!/^T0[E-H]/.test(lines[0] ?? '') || !lines.every((line) => /^[\w+/=-]+$/.test(line))) return undefined;
  const hashes = lines.join('\n').split(/\n(?=T0[E-H])/);
  return `Hardware Hash\n${hashes.map((hash) => `"${hash}"\n`).join('')}`;
}

function toText(found: FoundHash, { say, locale }: SharedInvocation): string {
  const { file, line, problem, sameDeviceAs } = found;
  const title = problem === undefined ? say('hashUsable') : plainText(say(nameHashProblem(problem), {}));
  const lines = labels.flatMap(([label, read]) => {
    const value = read(found);
    const text = typeof value === 'string' ? value : value?.join(', ');
    return text === undefined || text === '' ? [] : [`  ${label[locale]}: ${plainText(text)}`];
  });
  const same =
    sameDeviceAs === undefined ? [] : [`  ${say('hashSameDevice', { where: String(sameDeviceAs) })}`];
  return [`${file}:${line}: ${title}`, ...lines, ...same].map((text) => `${text}\n`).join('');
}

type Read = (hash: HardwareHashDescription) => string | readonly string[] | undefined;

const labels: readonly (readonly [label: Phrase, read: Read])[] = [
  [phrase('Serial number', '序號'), (hash) => hash.serialNumber],
  [phrase('Manufacturer', '製造商'), (hash) => hash.manufacturer],
  [phrase('Model', '型號'), (hash) => hash.model],
  [phrase('SKU', 'SKU'), (hash) => hash.skuNumber],
  [phrase('Family', '系列'), (hash) => hash.family],
  [phrase('Product key ID', '產品金鑰識別碼'), (hash) => hash.productKeyId],
  [phrase('SMBIOS UUID', 'SMBIOS UUID'), (hash) => hash.smbiosUuid],
  [phrase('Firmware vendor', '韌體廠商'), (hash) => hash.firmwareVendor],
  [
    phrase('Processor', '處理器'),
    ({ processorManufacturer, processorName }) =>
      [processorName, processorManufacturer].filter((text) => text !== undefined),
  ],
  [
    phrase('Disks', '磁碟'),
    ({ disks }) => disks?.map(({ serialNumber, model }) => [serialNumber, model].filter(Boolean).join(' ')),
  ],
  [phrase('MAC addresses', 'MAC 位址'), (hash) => hash.networkAddresses],
  [phrase('TPM', 'TPM'), ({ tpm }) => tpm?.description],
  [phrase('TPM device ID', 'TPM 裝置識別碼'), ({ tpm }) => tpm?.deviceId],
  [phrase('Tool version', '工具版本'), (hash) => hash.toolVersion],
  [phrase('Windows version', 'Windows 版本'), (hash) => hash.osVersion],
  [phrase('Created', '建立時間'), ({ generatedAt }) => generatedAt?.toISOString()],
  [phrase('Unknown records', '未知的記錄'), (hash) => hash.unknownRecordTypes?.map(String)],
];
