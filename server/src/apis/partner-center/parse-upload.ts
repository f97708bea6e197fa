import {
  DeviceBatchCreationRequest,
  DeviceList,
  decode,
  type PolicyReference,
  type SubmittedDevice,
} from '@muster/contract';
import { jsonValuesMax } from '../../http/json-size.ts';
import { digestBody } from '../../http/request-body.ts';
import { extractHashes, type ExtractedBody } from '../../intake/extract-hashes.ts';
import type { ParseOptions, UploadBody } from '../../intake/parse-task.ts';
import { parseDevices, type DeviceInput } from '../../registry/devices/parse-devices.ts';
import { createCheck } from '../check-shape.ts';

/** The operations whose bodies are lists of devices with their hashes: 4 MB where others have a few hundred bytes. */
export type UploadOperation = 'createDeviceBatch' | 'addDevices';

/** What runs `parseUpload` on a thread of its own. */
export const uploadThread = new URL('./upload-thread.ts', import.meta.url);

const nothing: ExtractedBody = { value: undefined, bytesOf: () => undefined };

const checkBatch = createCheck(DeviceBatchCreationRequest);
const checkList = createCheck(DeviceList);

/** Parses the body of an upload, on the main thread and on others. An empty body is none. A `ParseBody`. */
export function parseUpload(body: Buffer, options: ParseOptions): UploadBody {
  const { operation, devicesPerCall, now } = options;
  const extracted = body.length === 0 ? nothing : extractHashes(body, jsonValuesMax(devicesPerCall));
  const { batchId, devices } =
    operation === 'createDeviceBatch' ? readBatch(extracted.value) : readList(extracted.value);
  // The hash bytes go where the body is.
  const digest = digestBody(body);
  const upload = parseDevices({
    devices: devices.map(toDeviceInput),
    listName: batchId === undefined ? undefined : 'devices',
    devicesPerCall,
    now,
    bytesOf: extracted.bytesOf,
    memory: body,
  });
  return { batchId, upload, digest };
}

function readBatch(json: unknown): DeviceBatchCreationRequest {
  const value = decode(DeviceBatchCreationRequest, json);
  checkBatch(value);
  return value as DeviceBatchCreationRequest;
}

function readList(json: unknown): { batchId: undefined; devices: DeviceList } {
  const value = decode(DeviceList, json);
  checkList(value);
  return { batchId: undefined, devices: value as DeviceList };
}

function toDeviceInput({ policies, ...device }: SubmittedDevice): DeviceInput {
  return policies === undefined ? device : { ...device, policy: askedPolicy(policies) };
}

/**
 * The policy that a device's list of policies asks for, in the client's words. There is one kind of policy, so of
 * several the last one that names a policy counts. The empty text: no policy, asked for by an empty list or by an entry
 * without a value. Undefined: nothing was said.
 */
export function askedPolicy(policies: readonly PolicyReference[] | undefined): string | undefined {
  return policies && (policies.findLast(({ value }) => value)?.value ?? '');
}
