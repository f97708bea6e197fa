import type { Partner } from '@muster/sdk';
import { usageError } from '../../cli-error.ts';
import type { Options } from '../../command.ts';
import type { Io } from '../../io.ts';

export const allOption = {
  all: {
    type: 'boolean',
    description: { 'en-US': 'All devices in the batch', 'zh-TW': '批次中的所有裝置' },
  },
} as const satisfies Options;

interface Choice {
  readonly partner: Partner;
  readonly customerId: string;
  readonly batchId: string;
  readonly isAll: boolean;
  readonly given: readonly string[];
}

/** The ids of the devices a command is for: those given (`-`: one a line on standard input), or all of the batch. */
export async function chooseDevices(choice: Choice, io: Io): Promise<string[]> {
  const { partner, customerId, batchId, isAll, given } = choice;
  if (isAll === given.length > 0) throw usageError('noDevicesGiven');
  if (given.length === 1 && given[0] === '-') return readLines(io);
  if (!isAll) return [...new Set(given)];
  const ids: string[] = [];
  const devices = partner.customers.byId(customerId).deviceBatches.byId(batchId).devices;
  for await (const { id } of devices.list({ signal: io.interruption })) ids.push(id);
  return ids;
}

async function readLines(io: Io): Promise<string[]> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of io.stdin.bytes) text += decoder.decode(chunk, { stream: true });
  const lines = text.split('\n').map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))];
}
