import { Agent } from 'node:http';
import { exchange, requireStatus } from '../machine/exchange.ts';
import { answerParent } from '../machine/program.ts';
import { uploadDevices } from './upload-body.ts';

/** Uploads of one device each, one after the other, each followed until its job is finished. */
export interface LatencyOrder {
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly customerId: string;
  readonly seed: string;
  readonly samples: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Milliseconds from sending the POST to reading a status of `finished`, one per sample. */
answerParent<LatencyOrder>(async (order): Promise<number[]> => {
  const bodies = Array.from({ length: order.samples }, (_, index) => {
    const batchId = `${order.seed}-${index}`;
    return Buffer.from(JSON.stringify({ batchId, devices: uploadDevices(batchId, 1) }));
  });
  const times: number[] = [];
  for (const [index, body] of bodies.entries()) {
    const start = performance.now();
    await uploadAndFollow(order, body, `${order.seed}-${index}`);
    times.push(performance.now() - start);
  }
  return times;
});

async function uploadAndFollow(order: LatencyOrder, body: Buffer, requestId: string): Promise<void> {
  const headers = { ...order.headers, 'MS-RequestId': requestId };
  const base = { agent, port: order.port };
  const accepted = await exchange(
    {
      ...base,
      method: 'POST',
      path: `/v1/customers/${order.customerId}/deviceBatches`,
      headers: { ...headers, 'Content-Type': 'application/json', 'Content-Length': body.length },
    },
    body,
  );
  const path = `/v1${requireStatus(accepted, 202).location}`;
  for (;;) {
    const answer = requireStatus(await exchange({ ...base, path, headers }), 200);
    if ((JSON.parse(answer.body.toString('utf8')) as { status: string }).status === 'finished') return;
  }
}
