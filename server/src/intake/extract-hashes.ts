import { randomBytes } from 'node:crypto';
import { readBase64 } from '@muster/contract/hardware-hash/read-base64';
import { checkJsonSize } from '../http/json-size.ts';
import { checkUtf8, parseJsonBody, textStart } from '../http/request-body.ts';

/** A body's JSON value, with markers where its hashes were. */
export interface ExtractedBody {
  readonly value: unknown;
  /** The bytes of the hash that a marker stands for; undefined for any other text. Good until the next body is read. */
  bytesOf(text: string): Uint8Array | undefined;
}

/**
 * What stands in a hash's place: nobody can guess it, and it is too long for every other member, so that a hash in a
 * wrong place is the same fault as ever.
 */
const marker = `${randomBytes(160).toString('base64url')}-`.padStart(257, '-');

/** Used again for each body, so that reading them takes no new memory. */
let memory = Buffer.alloc(0);

/**
 * The JSON value of a body whose long base64 strings are read from the bytes themselves. Hardware hashes are 98 in 100
 * bytes of an upload; as strings of a JSON value they would be copied three times and kept together until the last one is
 * read. Throws what `parseJsonBody` throws.
 */
export function extractHashes(body: Buffer, valuesMax: number): ExtractedBody {
  checkUtf8(body);
  // Base64 is longer than what it stands for.
  if (memory.length < body.length) memory = Buffer.allocUnsafeSlow(body.length);
  const texts: string[] = [];
  const hashes: Uint8Array[] = [];
  let textFrom = textStart(body);
  let memoryFrom = 0;
  checkJsonSize(body, valuesMax, (first, end) => {
    const bytes = readBase64(body.toString('latin1', first, end), memory.subarray(memoryFrom));
    if (!bytes) return;
    texts.push(body.toString('utf8', textFrom, first), `${marker}${hashes.length}`);
    hashes.push(bytes);
    textFrom = end;
    memoryFrom += bytes.length;
  });
  if (hashes.length === 0) return { value: parseJsonBody(body, valuesMax), bytesOf: () => undefined };
  texts.push(body.toString('utf8', textFrom));
  return {
    value: parseMarked(texts.join('')) ?? parseJsonBody(body, valuesMax),
    bytesOf: (text) => (text.startsWith(marker) ? hashes[Number(text.slice(marker.length))] : undefined),
  };
}

/** Undefined when it is no JSON: the whole text tells better where it is wrong. */
function parseMarked(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
