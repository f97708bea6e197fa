import { DeviceBatchCreationRequest, DeviceList, WireError, decode, phrase } from '@muster/contract';
import type { FaultValue } from '@muster/contract';
import { Ajv, type ValidateFunction } from 'ajv';
import { jsonValuesMax } from '../http/json-size.ts';
import { digestBody } from '../http/request-body.ts';
import { problemOf } from '../http/validation-problem.ts';
import { liftHashes, type LiftedBody } from './extract-hashes.ts';
import {
  prepareUpload,
  type PreparedUpload,
  type SubmittedUpload,
} from '../registry/devices/parse-devices.ts';

/** The operations whose bodies are lists of devices with their hashes: 4 MB where others have a few hundred bytes. */
export type UploadOperation = 'createDeviceBatch' | 'addDevices';

/** What reading a body takes beside the body: plain values, so that they reach a thread unchanged. */
export interface UploadOrder extends Pick<SubmittedUpload, 'devicesPerCall' | 'now'> {
  readonly operation: UploadOperation;
}

/** The body of an upload, read, checked and prepared. */
export interface ReadUpload {
  /** Absent in `addDevices`: there it is in the path. */
  readonly batchId: string | undefined;
  readonly upload: PreparedUpload;
  /** Tells two bodies apart. */
  readonly digest: string;
}

const schemas = { createDeviceBatch: DeviceBatchCreationRequest, addDevices: DeviceList };

const nothing: LiftedBody = { value: undefined, bytesOf: () => undefined };

const list: FaultValue = phrase('The list', '清單');

/**
 * Reads the body of an upload: bytes in, what the store takes out. The same on the main thread and on others. An empty body
 * is none. The body's memory is used again, for the hash bytes: nothing else may need it. Throws MalformedBody,
 * InvalidInput, TooManyDevices.
 */
export function readUpload(body: Buffer, order: UploadOrder): ReadUpload {
  const { operation, devicesPerCall, now } = order;
  const lifted = body.length === 0 ? nothing : liftHashes(body, jsonValuesMax(devicesPerCall));
  const value = decode(schemas[operation], lifted.value);
  checkShape(operation, value);
  const batch = operation === 'createDeviceBatch' ? (value as DeviceBatchCreationRequest) : undefined;
  const devices = batch?.devices ?? (value as DeviceList);
  const member = batch ? 'devices' : list;
  const digest = digestBody(body);
  const upload = prepareUpload({
    devices,
    member,
    devicesPerCall,
    now,
    bytesOf: lifted.bytesOf,
    memory: body,
  });
  return { batchId: batch?.batchId, upload, digest };
}

const validators = new Map<UploadOperation, ValidateFunction>();

/** The validator of a thread is compiled when the first body comes. What it is given it leaves as it is. */
function checkShape(operation: UploadOperation, value: unknown): void {
  let validate = validators.get(operation);
  if (!validate)
    validators.set(operation, (validate = new Ajv({ strict: false }).compile(schemas[operation])));
  if (!validate(value ?? null)) throw new WireError('InvalidInput', problemOf(validate.errors?.[0]));
}
