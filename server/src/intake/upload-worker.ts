import type { MessagePort } from 'node:worker_threads';
import { RequestError } from '../http/request-error.ts';
import { shareDeviceIds } from '../registry/devices/new-device-ids.ts';
import { RegistryError } from '../registry/registry-error.ts';
import type { ParseBody, ParseResult, ParseTask, UploadBody, WorkerStart } from './parse-task.ts';

/** A worker's side: parses each body that comes, and sends what came of it. */
export function serveTasks(port: MessagePort, { deviceIds }: WorkerStart, parse: ParseBody): void {
  shareDeviceIds(deviceIds);
  port.on('message', (task: ParseTask) => {
    const result = resultOf(task, parse);
    port.postMessage(result, result.kind === 'parsed' ? memoryOf(result.body) : []);
  });
}

function resultOf({ body, options }: ParseTask, parse: ParseBody): ParseResult {
  try {
    return { kind: 'parsed', body: parse(Buffer.from(body.buffer, body.byteOffset, body.length), options) };
  } catch (error) {
    if (error instanceof RequestError) return { kind: 'request-error', problem: error.problem };
    if (error instanceof RegistryError) return { kind: 'refusal', refusal: error.refusal };
    return { kind: 'error', error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** The hash bytes move to the main thread instead of being copied; small ones share memory, which cannot move. */
function memoryOf({ upload }: UploadBody): ArrayBuffer[] {
  const { buffer } = upload.hashes.bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength > Buffer.poolSize ? [buffer] : [];
}
