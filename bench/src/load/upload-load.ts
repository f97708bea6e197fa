import { Agent, request } from 'node:http';
import { answerParent } from '../machine/program.ts';
import { uploadDevices } from './upload-body.ts';

/** Makes the bodies of so many calls, before any clock runs. */
export interface PrepareOrder {
  readonly kind: 'prepare';
  /** Other devices and batches for each seed. */
  readonly seed: string;
  readonly calls: number;
  readonly devicesPerCall: number;
  /** `own`: each call creates a batch. `one`: the first creates it, the others add to it. */
  readonly batches: 'own' | 'one';
}

/** Sends what was prepared, in order, `connections` calls at once. */
export interface SendOrder {
  readonly kind: 'send';
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly customerId: string;
  readonly connections: number;
}

export interface SendResult {
  /** From the first byte sent to the last answer, in milliseconds. */
  readonly ms: number;
  /** When the first byte was sent, as `Date.now()`. */
  readonly startedAt: number;
  readonly busy: number;
}

interface Call {
  readonly path: string;
  readonly body: Buffer;
  readonly requestId: string;
}

let calls: Call[] = [];

answerParent<PrepareOrder | SendOrder>(async (order) => {
  if (order.kind === 'send') return send(order);
  calls = Array.from({ length: order.calls }, (_, index) => prepare(order, index));
  return undefined;
});

function prepare({ seed, devicesPerCall, batches }: PrepareOrder, index: number): Call {
  const devices = uploadDevices(`${seed}-${index}`, devicesPerCall);
  const isNew = batches === 'own' || index === 0;
  const batchId = batches === 'own' ? `${seed}-${index}` : seed;
  return {
    path: isNew ? '/deviceBatches' : `/deviceBatches/${batchId}/devices`,
    body: Buffer.from(JSON.stringify(isNew ? { batchId, devices } : devices)),
    requestId: `${seed}-${index}`,
  };
}

async function send(order: SendOrder): Promise<SendResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: order.connections });
  const queue = [...calls];
  const first = queue[0]?.path.endsWith('/deviceBatches') ? queue.splice(0, 1) : [];
  const [cpuBefore, startedAt, start] = [process.cpuUsage(), Date.now(), performance.now()];
  // Calls that add to a batch wait for the one that creates it.
  for (const call of first) await post(order, agent, call);
  await Promise.all(
    Array.from({ length: order.connections }, async () => {
      for (let call = queue.shift(); call; call = queue.shift()) await post(order, agent, call);
    }),
  );
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpuBefore);
  agent.destroy();
  return { ms, startedAt, busy: (user + system) / 1000 / ms };
}

function post({ port, headers, customerId }: SendOrder, agent: Agent, call: Call): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request({
      agent,
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: `/v1/customers/${customerId}${call.path}`,
      headers: {
        ...headers,
        'MS-RequestId': call.requestId,
        'Content-Type': 'application/json',
        'Content-Length': call.body.length,
      },
    });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      response.resume();
      response.on('error', reject);
      response.on('end', () =>
        response.statusCode === 202
          ? resolve()
          : reject(new Error(`An upload was answered ${response.statusCode}.`)),
      );
    });
    outgoing.end(call.body);
  });
}
