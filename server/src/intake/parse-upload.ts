import {
  DeviceBatchCreationRequest,
  DeviceList,
  WireError,
  decode,
  type PolicyReference,
  type SubmittedDevice,
} from '@muster/contract';
import { Ajv, type ValidateFunction } from 'ajv';
import { jsonValuesMax } from '../http/json-size.ts';
import { digestBody } from '../http/request-body.ts';
import { problemOf } from '../http/validation-problem.ts';
import { liftHashes, type LiftedBody } from './extract-hashes.ts';
import {
  parseDevices,
  type DeviceInput,
  type DeviceList as ListedDevices,
  type ParsedUpload,
} from '../registry/devices/parse-devices.ts';

/** The operations whose bodies are lists of devices with their hashes: 4 MB where others have a few hundred bytes. */
export type UploadOperation = 'createDeviceBatch' | 'addDevices';

/** What reading a body takes beside the body: plain values, so that they reach a thread unchanged. */
export interface UploadOrder extends Pick<ListedDevices, 'devicesPerCall' | 'now'> {
  readonly operation: UploadOperation;
}

/** The body of an upload, read, checked and prepared. */
export interface ReadUpload {
  /** Absent in `addDevices`: there it is in the path. */
  readonly batchId: string | undefined;
  readonly upload: ParsedUpload;
  /** Tells two bodies apart. */
  readonly digest: string;
}

const schemas = { createDeviceBatch: DeviceBatchCreationRequest, addDevices: DeviceList };

const nothing: LiftedBody = { value: undefined, bytesOf: () => undefined };

/**
 * Reads the body of an upload: bytes in, what the store takes out. The same on the main thread and on others. An empty body
 * is none. The body's memory is used again, for the hash bytes: nothing else may need it. Throws MalformedBody,
 * InvalidInput, and the refusals of `parseDevices`.
 */
export function readUpload(body: Buffer, order: UploadOrder): ReadUpload {
  const { operation, devicesPerCall, now } = order;
  const lifted = body.length === 0 ? nothing : liftHashes(body, jsonValuesMax(devicesPerCall));
  const value = decode(schemas[operation], lifted.value);
  checkShape(operation, value);
  const batch = operation === 'createDeviceBatch' ? (value as DeviceBatchCreationRequest) : undefined;
  const listed = batch?.devices ?? (value as DeviceList);
  // The hash bytes go where the body is.
  const digest = digestBody(body);
  const upload = parseDevices({
    devices: listed.map(toDeviceInput),
    listName: batch && 'devices',
    devicesPerCall,
    now,
    bytesOf: lifted.bytesOf,
    memory: body,
  });
  return { batchId: batch?.batchId, upload, digest };
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

const validators = new Map<UploadOperation, ValidateFunction>();

/** The validator of a thread is compiled when the first body comes. What it is given it leaves as it is. */
function checkShape(operation: UploadOperation, value: unknown): void {
  let validate = validators.get(operation);
  if (!validate)
    validators.set(operation, (validate = new Ajv({ strict: false }).compile(schemas[operation])));
  if (!validate(value ?? null)) throw new WireError('InvalidInput', problemOf(validate.errors?.[0]));
}
