import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { RegistryError } from './registry-error.ts';

/** What signs a token, and the list it belongs to: a token of one list is none of another. */
export interface PageTokenScope {
  readonly key: Buffer;
  readonly list: string;
}

const macBytes = 16;
const nonceBytes = 8;

/**
 * A token for a page: opaque to clients, signed, never the same twice, safe in a header. It carries a place in the list,
 * not a number of items, so that deleting while paging skips nothing.
 */
export function encodePageToken(scope: PageTokenScope, place: string): string {
  const content = Buffer.concat([randomBytes(nonceBytes), Buffer.from(place)]);
  return Buffer.concat([sign(scope, content), content]).toString('base64url');
}

/** The place in the list that a token stands for. Throws `page-token-invalid` for a token that is forged, or of another list. */
export function decodePageToken(scope: PageTokenScope, token: string): string {
  const bytes = Buffer.from(token, 'base64url');
  const content = bytes.subarray(macBytes);
  const isSigned =
    content.length >= nonceBytes && timingSafeEqual(sign(scope, content), bytes.subarray(0, macBytes));
  // Base64 can be written in several ways; only our own is taken, so that a token is one text.
  if (!isSigned || bytes.toString('base64url') !== token)
    throw new RegistryError({ kind: 'page-token-invalid' });
  return content.subarray(nonceBytes).toString();
}

function sign({ key, list }: PageTokenScope, content: Buffer): Buffer {
  // The list's name has a fixed form without line ends, so name and content cannot run into each other.
  return createHmac('sha256', key).update(`${list}\n`).update(content).digest().subarray(0, macBytes);
}
