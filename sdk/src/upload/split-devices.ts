import type { SubmittedDevice } from '../generated/wire-types.ts';
import { encodeDevice } from './encode-device.ts';
import { JsonArrayBuffer } from './json-array-buffer.ts';

/** The devices of an upload: an array, or anything that gives them one after another. */
export type DeviceSource = Iterable<SubmittedDevice> | AsyncIterable<SubmittedDevice>;

/** The devices of one call. */
export interface DevicePart {
  /** From 0, in the order of the input. */
  readonly index: number;
  /** The place of its first device in the input, from 0. */
  readonly firstIndex: number;
  readonly count: number;
  /** A JSON array, in UTF-8. */
  readonly json: Uint8Array<ArrayBuffer>;
}

/** Both hold for every part, except that a single device is never divided. */
export interface PartLimits {
  readonly devicesPerCall: number;
  readonly bytesPerCall: number;
}

/** Cuts the devices into parts. The same devices and limits always give the same bytes: journals rely on it. */
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
