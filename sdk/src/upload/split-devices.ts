import type { SubmittedDevice } from '../generated/wire-types.ts';

/** The devices of an upload: an array, or any iterable. */
export type DeviceSource = Iterable<SubmittedDevice> | AsyncIterable<SubmittedDevice>;

/** The devices of one call. */
export interface DevicePart {
  /** From 0, in the order of the input. */
  readonly index: number;
  /** The position of its first device in the input, from 0. */
  readonly firstIndex: number;
  readonly count: number;
  /** A JSON array, in UTF-8. */
  readonly json: Uint8Array<ArrayBuffer>;
}

/** Every part respects both limits, except that a single device is never divided. */
export interface PartLimits {
  readonly devicesPerCall: number;
  readonly bytesPerCall: number;
}

/** Divides the devices into parts. The same devices and limits always give the same bytes: journals rely on it. */
export async function* splitDevices(
  devices: DeviceSource,
  limits: PartLimits,
): AsyncGenerator<DevicePart, void, undefined> {
  const buffer = new JsonArrayBuffer(limits.bytesPerCall);
  let index = 0;
  let firstIndex = 0;
  const takePart = (): DevicePart => {
    const { count } = buffer;
    const part = { index, firstIndex, count, json: buffer.take() };
    index += 1;
    firstIndex += count;
    return part;
  };
  for await (const device of devices) {
    const text = JSON.stringify(encodeDevice(device));
    if (buffer.count >= limits.devicesPerCall) yield takePart();
    if (buffer.add(text)) continue;
    yield takePart();
    buffer.add(text);
  }
  if (buffer.count > 0) yield takePart();
}

/** The members of a device that are sent, in a fixed order. Other members are dropped. */
function encodeDevice(device: SubmittedDevice): SubmittedDevice {
  const { serialNumber, productKey, hardwareHash, oemManufacturerName, modelName, reference } = device;
  const policies = device.policies?.map(({ key, value }) => ({ key, value }));
  // JSON omits undefined members.
  const encoded = {
    serialNumber,
    productKey,
    hardwareHash,
    oemManufacturerName,
    modelName,
    policies,
    reference,
  };
  return encoded as SubmittedDevice;
}

/** One buffer for all parts of an upload. A part is copied out of it once, and nothing else of it stays in memory. */
class JsonArrayBuffer {
  readonly #bytesMax: number;
  readonly #encoder = new TextEncoder();
  #bytes = new Uint8Array(4096);
  #end = 0;
  /** Items in the array. */
  count = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /**
   * Adds an item, given as JSON. Returns false, and adds nothing, if it would make the array too long; the first item
   * always fits.
   */
  add(text: string): boolean {
    const start = this.#end + 1;
    // A character takes three bytes at most; the bracket at the end takes one.
    this.#ensure(start + text.length * 3 + 1);
    const { written } = this.#encoder.encodeInto(text, this.#bytes.subarray(start));
    const end = start + written;
    if (this.count > 0 && end + 1 > this.#bytesMax) return false;
    this.#bytes[this.#end] = (this.count === 0 ? '[' : ',').charCodeAt(0);
    this.#end = end;
    this.count += 1;
    return true;
  }

  /** The array so far; the buffer then starts an empty one. */
  take(): Uint8Array<ArrayBuffer> {
    this.#bytes[this.#end] = ']'.charCodeAt(0);
    const json = this.#bytes.slice(0, this.#end + 1);
    this.#end = 0;
    this.count = 0;
    return json;
  }

  #ensure(bytes: number): void {
    if (bytes <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(bytes, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = grown;
  }
}
