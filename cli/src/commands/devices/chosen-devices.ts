import { parseGuid } from '@muster/contract/guid';
import { NotFoundError, type CustomerOperations, type Partner, type RegisteredDevice } from '@muster/sdk';
import { CliError, usageError } from '../../cli-error.ts';
import type { Options } from '../../command.ts';
import type { Io } from '../../io.ts';

export const allOption = {
  all: {
    type: 'boolean',
    description: { 'en-US': 'All devices in the batch', 'zh-TW': '批次中的所有裝置' },
  },
} as const satisfies Options;

/** Whose devices. */
interface Place {
  readonly partner: Partner;
  readonly customerId: string;
}

interface Choice extends Place {
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
  const { partner, customerId, batchId, isAll, given } = choice;
  if (isAll === given.length > 0) throw usageError('noDevicesGiven');
  if (isAll) {
    if (batchId === undefined) throw usageError('missingOption', { option: '--batch' });
    return collect(partner.customers.byId(customerId), batchId, io);
  }
  const words = new Set(given.length === 1 && given[0] === '-' ? await readLines(io) : given);
  const serials = new Set([...words].filter((word) => parseGuid(word) === undefined));
  const bySerial = serials.size > 0 ? await findBySerial(choice, serials, io) : new Map();
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

/** For more serial numbers than this it is faster to read all devices than to find each. */
const findsMax = 100;

/** Devices of the customer by their serial numbers. Partner Center finds none by these: there, all devices are read. */
async function findBySerial(
  choice: Place,
  serials: ReadonlySet<string>,
  io: Io,
): Promise<ReadonlyMap<string, ChosenDevice[]>> {
  const found = new Map<string, ChosenDevice[]>();
  const { interruption: signal } = io;
  const add = (serialNumber: string | undefined, device: ChosenDevice): void => {
    if (serialNumber !== undefined && serials.has(serialNumber))
      found.set(serialNumber, [...(found.get(serialNumber) ?? []), device]);
  };
  try {
    for await (const { serialNumber, deviceId: id, batchId, ...device } of readDevices(
      choice,
      serials,
      signal,
    ))
      if (device.customerId === choice.customerId.toLowerCase()) add(serialNumber, { id, batchId });
  } catch (fault) {
    if (!(fault instanceof NotFoundError)) throw fault;
    const customer = choice.partner.customers.byId(choice.customerId);
    for await (const { id: batchId } of customer.deviceBatches.list({ signal }))
      for (const { serialNumber, ...device } of await collect(customer, batchId, io))
        add(serialNumber, device);
  }
  return found;
}

/** At least the devices of the customer with these serial numbers. */
async function* readDevices(
  { partner, customerId }: Place,
  serials: ReadonlySet<string>,
  signal: AbortSignal,
): AsyncGenerator<RegisteredDevice> {
  if (serials.size > findsMax) yield* partner.devices.list(customerId, { pageSize: 1000, signal });
  else for (const serialNumber of serials) yield* partner.devices.find({ serialNumber }, { signal });
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
