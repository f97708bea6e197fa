import type { BatchUploadDetails, CustomerOperations } from '@muster/sdk';
import { usageError } from '../../cli-error.ts';
import { defineCommand } from '../../command.ts';
import { chooseCustomer, connect } from '../../connection/connect.ts';
import { batchOption, customerOption } from '../../shared-options.ts';
import { exitCode } from '../../exit-code.ts';
import type { Io } from '../../io.ts';
import { parseDuration } from '../../duration.ts';
import { outcomeColumns, type OutcomeRow } from '../../report/outcome-table.ts';
import { printList } from '../../terminal/print-list.ts';
import { allOption, chooseDevices } from './chosen-devices.ts';

/** The most devices Partner Center takes in one call. */
const devicesPerCall = 1_000;

export const assignDevicesCommand = defineCommand({
  usage: '[DEVICE_ID | SERIAL_NUMBER ...]',
  argumentCount: [0, Infinity],
  isConnected: true,
  example: `muster devices assign --all --batch "Contoso May" --policy 56edf752-ee77-4fd8-b7f5-df1f74a3a9ac
muster devices assign 9ecb3e06-4c21-4c1a-b8d9-2b8a0a6b2d11 --unassign`,
  json: {
    'en-US': 'One DeviceUploadDetails resource of the API per line, preceded by "row".',
    'zh-TW': '每行一個 API 的 DeviceUploadDetails，前面加上 "row"。',
  },
  options: {
    ...batchOption,
    ...customerOption,
    ...allOption,
    policy: {
      type: 'string',
      short: 'p',
      value: 'ID',
      description: { 'en-US': 'The configuration policy to assign', 'zh-TW': '要指派的設定原則' },
    },
    unassign: {
      type: 'boolean',
      description: { 'en-US': 'Remove the current policy', 'zh-TW': '移除目前的原則' },
    },
    timeout: {
      type: 'string',
      value: 'TIME',
      description: {
        'en-US': 'Maximum time to wait for each job (default: 30m)',
        'zh-TW': '每個作業的等待時間上限（預設：30m）',
      },
    },
  },
  async run(invocation, io) {
    const { values, say } = invocation;
    if ((values.policy === undefined) === !values.unassign) throw usageError('assignNeedsPolicy');
    const timeoutMs = parseDuration('--timeout', values.timeout ?? '30m');
    const { partner, settings } = await connect(invocation, io);
    const customerId = chooseCustomer(values, settings);
    const customer = partner.customers.byId(customerId);
    const choice = { batchId: values.batch, isAll: values.all ?? false, given: invocation.arguments };
    const ids = (await chooseDevices({ partner, customerId, ...choice }, io)).map(({ id }) => id);
    if (!values.quiet) await io.stderr.write(`${say('assignStarting', { count: ids.length })}\n`);
    const count = { failed: 0 };
    const request = {
      customer,
      ids,
      policyId: values.policy,
      timeoutMs,
      count,
    };
    await printList({ rows: assign(request, io), columns: outcomeColumns(invocation) }, invocation, io);
    return count.failed > 0 ? exitCode.failedDevices : exitCode.finished;
  },
});

interface Assignment {
  readonly customer: CustomerOperations;
  readonly ids: readonly string[];
  readonly policyId: string | undefined;
  readonly timeoutMs: number;
  readonly count: { failed: number };
}

/** Assigns in as many jobs as necessary, one after another, and yields the outcome of each device. */
async function* assign(assignment: Assignment, io: Io): AsyncGenerator<OutcomeRow> {
  const { customer, ids, policyId, timeoutMs, count } = assignment;
  const policy = policyId === undefined ? {} : { value: policyId };
  for (let first = 0; first < ids.length; first += devicesPerCall) {
    const part = ids.slice(first, first + devicesPerCall);
    const devices = part.map((id) => ({ id, policies: [{ key: 'o_o_b_e' as const, ...policy }] }));
    const { trackingId } = await customer.devicePolicy.update({ devices }, { signal: io.interruption });
    const job = customer.batchUploadStatus.byId(trackingId);
    const details: BatchUploadDetails = await job.wait({ signal: io.interruption, timeoutMs });
    for (const [index, { attributes: _, ...device }] of details.devicesStatus.entries()) {
      if (device.status !== 'finished') count.failed += 1;
      yield { row: first + index + 1, ...device };
    }
  }
}
