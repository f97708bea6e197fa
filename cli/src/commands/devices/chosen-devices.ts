import { parseGuid } from '@muster/contract/guid';
import type { CustomerOperations } from '@muster/sdk';
import { CliError, usageError } from '../../cli-error.ts';
import type { Options } from '../../command.ts';
import type { Io } from '../../io.ts';

export const allOption = {
  all: {
    type: 'boolean',
    description: { 'en-US': 'All devices in the batch', 'zh-TW': '批次中的所有裝置' },
  },
} as const satisfies Options;

interface Choice {
  readonly customer: CustomerOperations;
  /** The batch of devices that are given by ID, or of all devices. */
  readonly batchId: string | undefined;
  readonly isAll: boolean;
  /** IDs and serial numbers. `-`: read them from standard input, one per line. */
  readonly given: readonly string[];
}

export interface ChosenDevice {
  readonly id: string;
  /** Undefined for a device given by its id, without a batch. */
  readonly batchId: string | undefined;
}

/**
 * The devices a command is for: those given, or all of the batch. A serial number stands for the one device of the
 * customer that has it. Throws when it has none or several, and when `--all` comes without a batch.
 */
export async function chooseDevices(choice: Choice, io: Io): Promise<ChosenDevice[]> {
  const { customer, batchId, isAll, given } = choice;
  if (isAll === given.length > 0) throw usageError('noDevicesGiven');
  if (isAll) {
    if (batchId === undefined) throw usageError('missingOption', { option: '--batch' });
    return collect(customer, batchId, io);
  }
  const words = new Set(given.length === 1 && given[0] === '-' ? await readLines(io) : given);
  const serials = new Set([...words].filter((word) => parseGuid(word) === undefined));
  const bySerial = serials.size > 0 ? await findBySerial(customer, serials, io) : new Map();
  return [...words].map((word) => {
    if (!serials.has(word)) return { id: word, batchId };
    const found: ChosenDevice[] = bySerial.get(word) ?? [];
    const device = found.find(({ batchId: other }) => isSame(other, batchId ?? other));
    if (found.length > 1)
      throw new CliError('serialNotUnique', { serial: word, ids: found.map(({ id }) => id).join(', ') });
    if (!device) throw new CliError('serialNotFound', { serial: word });
    return device;
  });
}

/** The API finds no device by its serial number, so all of the customer's are read. */
async function findBySerial(
  customer: CustomerOperations,
  serials: ReadonlySet<string>,
  io: Io,
): Promise<ReadonlyMap<string, ChosenDevice[]>> {
  const found = new Map<string, ChosenDevice[]>();
  for await (const { id: batchId } of customer.deviceBatches.list({ signal: io.interruption })) {
    for (const { serialNumber = '', ...device } of await collect(customer, batchId, io))
      if (serials.has(serialNumber)) found.set(serialNumber, [...(found.get(serialNumber) ?? []), device]);
  }
  return found;
}

async function collect(
  customer: CustomerOperations,
  batchId: string,
  io: Io,
): Promise<(ChosenDevice & { serialNumber?: string | undefined })[]> {
  const devices = [];
  for await (const { id, serialNumber } of customer.deviceBatches
    .byId(batchId)
    .devices.list({ signal: io.interruption }))
    devices.push({ id, batchId, serialNumber });
  return devices;
}

function isSame(batchId: string | undefined, other: string | undefined): boolean {
  return batchId?.toLowerCase() === other?.toLowerCase();
}

async function readLines(io: Io): Promise<string[]> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of io.stdin.bytes) text += decoder.decode(chunk, { stream: true });
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '');
}
