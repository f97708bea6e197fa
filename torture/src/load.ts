import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { encodeHardwareHash } from '../../contract/testing/encode-hardware-hash.ts';
import type { Ledger } from './ledger.ts';

/** Where clients send their requests. */
export interface Target {
  /** The addresses of the nodes that serve; may change while clients run. */
  readonly urls: string[];
  readonly token: string;
  readonly ledger: Ledger;
}

interface JobStatus {
  readonly status: string;
  readonly progress: { readonly processed: number };
  readonly devicesStatus: readonly { deviceId?: string; status: string }[];
}

/** How long a client repeats a request that gets no answer. */
const repeatMsMax = 120_000;
/** A node that is frozen accepts connections and never answers. */
const answerMsMax = 15_000;

/** Clients that do a bit of everything until they are stopped. */
export class Load {
  #isOn = true;
  readonly #clients: Promise<void>[];

  constructor(target: Target, clients: number) {
    this.#clients = Array.from({ length: clients }, () => this.#run(new Client(target)));
  }

  /** Resolves when every client has the answer to its last request. */
  async stop(): Promise<void> {
    this.#isOn = false;
    await Promise.all(this.#clients);
  }

  async #run(client: Client): Promise<void> {
    while (this.#isOn) {
      const chance = randomInt(100);
      if (chance < 45) await client.createBatch();
      else if (chance < 60) await client.addDevices();
      else if (chance < 70) await client.updatePolicies();
      else if (chance < 78) await client.deleteDevice();
      else await client.readStatus();
    }
  }
}

/** One client, with a customer of its own. */
export class Client {
  readonly #target: Target;
  readonly customer = randomUUID();
  readonly #batches: string[] = [];
  readonly #uploads: { location: string; batchId: string }[] = [];
  readonly #devices: { deviceId: string; batchId: string }[] = [];

  constructor(target: Target) {
    this.#target = target;
  }

  async createBatch(devices = newDevices(randomInt(1, 120))): Promise<string | undefined> {
    const batchId = randomUUID();
    const location = await this.#upload('POST', '/deviceBatches', { batchId, devices });
    if (!location) return undefined;
    this.#batches.push(batchId);
    this.#uploads.push({ location, batchId });
    return location;
  }

  async addDevices(): Promise<void> {
    const batchId = this.#batches.at(-1);
    if (!batchId) return;
    const devices = newDevices(randomInt(1, 20));
    const location = await this.#upload('POST', `/deviceBatches/${batchId}/devices`, devices);
    if (location) this.#uploads.push({ location, batchId });
  }

  async updatePolicies(): Promise<void> {
    const some = this.#devices.slice(-5);
    if (some.length === 0) return;
    const devices = some.map(({ deviceId: id }) => ({ id, policies: [{ key: 'o_o_b_e', value: null }] }));
    await this.#upload('PATCH', '/DevicePolicyUpdates', { devices });
  }

  async deleteDevice(): Promise<void> {
    const { batchId, deviceId } = this.#devices.pop() ?? {};
    if (!batchId || !deviceId) return;
    // Whatever becomes of it, nobody counts on this device any more.
    this.#target.ledger.deleted.add(deviceId);
    const response = await this.send('DELETE', `/deviceBatches/${batchId}/devices/${deviceId}`);
    if (response && response.status !== 204) this.#unexpected('delete', response);
  }

  async readStatus(): Promise<void> {
    const { location, batchId } = this.#uploads.at(-randomInt(1, 4)) ?? {};
    if (!location || !batchId) return;
    const response = await this.send('GET', location.replace(`/customers/${this.customer}`, ''));
    if (!response) return;
    if (response.status !== 200) return this.#unexpected('status read', response);
    const job = JSON.parse(response.text) as JobStatus;
    this.#target.ledger.noteStatus(location, { status: job.status, processed: job.progress.processed });
    for (const { status, deviceId } of job.devicesStatus)
      if (status === 'finished' && deviceId && !this.#isKnown(deviceId))
        this.#devices.push({ deviceId, batchId });
    this.#devices.splice(0, this.#devices.length - 50);
  }

  async #upload(
    method: 'POST' | 'PATCH',
    path: string,
    body: { batchId?: string; devices: readonly object[] } | readonly object[],
  ): Promise<string | undefined> {
    const { ledger } = this.#target;
    const response = await this.send(method, path, body);
    const location = response?.headers.get('location');
    if (response?.status !== 202 || !location) return this.#unexpected(`${method} ${path}`, response);
    const devices = 'devices' in body ? body.devices.length : body.length;
    ledger.accepted.push({
      location,
      customer: this.customer,
      kind: method === 'POST' ? 'upload' : 'policies',
      devices,
    });
    return location;
  }

  #isKnown(deviceId: string): boolean {
    return (
      this.#target.ledger.deleted.has(deviceId) ||
      this.#devices.some((device) => device.deviceId === deviceId)
    );
  }

  #unexpected(what: string, response: { status: number; text: string } | undefined): undefined {
    const { ledger } = this.#target;
    if (response) ledger.problem(`${what}: ${response.status} ${response.text.slice(0, 200)}`);
    else ledger.unanswered += 1;
  }

  /** Sends a request until it is answered, as the same request (MS-RequestId). Undefined: never answered. */
  async send(
    method: string,
    path: string,
    body?: unknown,
    requestId: string = randomUUID(),
  ): Promise<{ status: number; text: string; headers: Headers } | undefined> {
    const { urls, token, ledger } = this.#target;
    const deadline = performance.now() + repeatMsMax;
    while (performance.now() < deadline) {
      const url = urls[randomInt(urls.length)];
      try {
        const response = await fetch(`${url}/v1/customers/${this.customer}${path}`, {
          method,
          headers: {
            authorization: `Bearer ${token}`,
            'ms-requestid': requestId,
            ...(body !== undefined && { 'content-type': 'application/json' }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(answerMsMax),
        });
        const { status, headers } = response;
        ledger.count(String(status));
        const text = await response.text();
        if (status !== 503 && status !== 429) return { status, text, headers };
        if (!headers.has('retry-after'))
          ledger.problem(`${status} without Retry-After: ${text.slice(0, 200)}`);
      } catch {
        ledger.count('no answer');
      }
      await delay(randomInt(20, 200));
    }
    return undefined;
  }
}

/** New devices, known by their names, by their hardware hash, or by both. */
export function newDevices(count: number, modelName = 'Tortured'): object[] {
  return Array.from({ length: count }, (_, index) => {
    const serialNumber = randomUUID();
    if (index % 4 > 0) return { serialNumber, oemManufacturerName: 'Contoso', modelName };
    // The checker looks for the hash by the model.
    const model = `${modelName} with a hash`;
    const hardwareHash = encodeHardwareHash({
      serialNumber,
      manufacturer: 'Contoso',
      model,
      smbiosUuid: randomUUID(),
    });
    return index % 8 === 0 ? { hardwareHash } : { serialNumber, hardwareHash };
  });
}
