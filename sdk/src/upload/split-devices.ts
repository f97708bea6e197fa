import type { SubmittedDevice } from '../generated/wire-types.ts';
import { encodeDevice } from './encode-device.ts';

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
  const encoder = new TextEncoder();
  let index = 0;
  let firstIndex = 0;
  let texts: Uint8Array[] = [];
  let bytes = 2;
  for await (const device of devices) {
    const text = encoder.encode(JSON.stringify(encodeDevice(device)));
    const isFull = texts.length >= limits.devicesPerCall || bytes + text.length + 1 > limits.bytesPerCall;
    if (texts.length > 0 && isFull) {
      yield { index, firstIndex, count: texts.length, json: joinArray(texts, bytes) };
      index += 1;
      firstIndex += texts.length;
      texts = [];
      bytes = 2;
    }
    texts.push(text);
    bytes += text.length + (texts.length > 1 ? 1 : 0);
  }
  if (texts.length > 0) yield { index, firstIndex, count: texts.length, json: joinArray(texts, bytes) };
}

function joinArray(texts: readonly Uint8Array[], bytes: number): Uint8Array<ArrayBuffer> {
  const json = new Uint8Array(bytes);
  let end = 0;
  for (const text of texts) {
    json[end] = (end === 0 ? '[' : ',').charCodeAt(0);
    json.set(text, end + 1);
    end += text.length + 1;
  }
  json[end] = ']'.charCodeAt(0);
  return json;
}
