import type { MessagePort } from 'node:worker_threads';
import { WireError } from '@muster/contract';
import { shareDeviceIds } from '../registry/devices/new-device-ids.ts';
import { RegistryError } from '../registry/registry-error.ts';
import { readUpload, type ReadUpload } from './parse-upload.ts';
import type { ThreadAnswer, ThreadOrder, ThreadStart } from './thread-messages.ts';

/** A thread's side: reads each body that comes, and answers. */
export function answerOrders(port: MessagePort, { deviceIds }: ThreadStart): void {
  shareDeviceIds(deviceIds);
  port.on('message', (order: ThreadOrder) => {
    const answer = answerTo(order);
    port.postMessage(answer, answer.kind === 'read' ? memoryOf(answer.read) : []);
  });
}

function answerTo({ body, order }: ThreadOrder): ThreadAnswer {
  try {
    return { kind: 'read', read: readUpload(Buffer.from(body.buffer, body.byteOffset, body.length), order) };
  } catch (error) {
    if (error instanceof WireError) return { kind: 'fault', fault: error.fault, values: error.values };
    if (error instanceof RegistryError) return { kind: 'refusal', refusal: error.refusal };
    return { kind: 'error', error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** The hash bytes move to the main thread instead of being copied; small ones share memory, which cannot move. */
function memoryOf({ upload }: ReadUpload): ArrayBuffer[] {
  const { buffer } = upload.hashes.bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength > Buffer.poolSize ? [buffer] : [];
}
