import { readFile } from 'node:fs/promises';
import { operations, type Operation, type OperationId } from '@muster/contract';
import { wireTarget } from '../../src/http/request-target.ts';

/** A request as a client sends it, before its token and its ids are put in. */
export interface RecordedRequest {
  readonly method: string;
  readonly target: string;
  /** The request line and the headers. */
  readonly head: string;
  readonly body: string;
}

/** The requests of a file in `recorded/`, in order; `###` stands between them. */
export async function readRecorded(file: string): Promise<RecordedRequest[]> {
  const text = await readFile(new URL(`./recorded/${file}`, import.meta.url), 'utf8');
  return text.split('\n###\n').map((part) => {
    const [head = '', body = ''] = part.trimEnd().split('\n\n');
    const [method = '', target = ''] = head.split(' ');
    return { method, target, head, body };
  });
}

/** The bytes to send: as recorded, with another token, and with the ids that this server gave to things. */
export function toBytes(
  { head, body }: RecordedRequest,
  { token, ids }: { token: string; ids: Readonly<Record<string, string>> },
): Buffer {
  const replaceIds = (text: string): string =>
    Object.entries(ids).reduce((result, [recorded, id]) => result.replaceAll(recorded, id), text);
  const content = Buffer.from(replaceIds(body));
  const lines = replaceIds(head)
    .replace('Bearer tok', `Bearer ${token}`)
    .replace('{length}', String(content.length))
    .split('\n');
  const start = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
  return Buffer.concat([start, /^Transfer-Encoding: chunked$/m.test(head) ? chunk(content) : content]);
}

/** In two chunks, the first of them cut wherever it falls: in the middle of a character, too. */
function chunk(content: Buffer): Buffer {
  const cut = Math.floor(content.length / 2);
  const parts = [content.subarray(0, cut), content.subarray(cut)];
  return Buffer.concat([
    ...parts.flatMap((part) => [Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]),
    Buffer.from('0\r\n\r\n'),
  ]);
}

/** The operation of the contract that a request is for. */
export function operationOf({ method, target }: RecordedRequest): { id: OperationId; operation: Operation } {
  const [path = ''] = wireTarget(target).split('?');
  for (const [id, operation] of Object.entries(operations)) {
    const pattern = new RegExp(`^/v1${operation.path.replace(/\{\w+\}/g, '[^/]+')}$`, 'i');
    if (operation.method === method && pattern.test(path)) return { id: id as OperationId, operation };
  }
  throw new Error(`No operation for ${method} ${target}`);
}
