import { lookup as resolve, type LookupAddress } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { AddressCheck } from '../../registry/webhooks/address-check.ts';

/** What is read of an answer at most. Nobody sees it. */
const answerBytesMax = 65_536;

/** A message to send. */
export interface OutgoingWebhook {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a receiver answered. */
export interface WebhookAnswer {
  readonly status: number;
  /** The header `Retry-After`, as it was sent. */
  readonly retryAfter: string | undefined;
}

/** Webhooks may not be sent to an address that a URL names. */
export class AddressNotAllowedError extends Error {}

/**
 * Sends a message and resolves with the answer's head; redirects are not followed. The addresses that the host's name
 * stands for are all checked, and the connection is made to one of those that were: a name cannot change its meaning in
 * between. Rejects with `AddressNotAllowedError`, an error of the system, or the signal's reason.
 */
export function sendWebhook(
  { url, headers, body }: OutgoingWebhook,
  { allowsAddress, signal }: { readonly allowsAddress: AddressCheck; readonly signal: AbortSignal },
): Promise<WebhookAnswer> {
  const target = new URL(url);
  const host = target.hostname.replace(/^\[|\]$/g, '');
  // Node looks no address up, so it is checked here.
  if (isIP(host) !== 0 && !allowsAddress(host)) return Promise.reject(new AddressNotAllowedError(host));
  const send = target.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((done, fail) => {
    const request = send(target, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      // A connection of its own, never one that was opened for somebody else.
      agent: false,
      lookup: lookUpAllowed(allowsAddress),
      signal,
    });
    request.on('error', (error) => fail(signal.aborted ? signal.reason : error));
    request.once('response', (response) => {
      let bytes = 0;
      response.on('error', () => {});
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > answerBytesMax) response.destroy();
      });
      done({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] });
    });
    request.end(body);
  });
}

/** Looks a name up. It fails if any of its addresses is not allowed: which one would be connected to is not known. */
function lookUpAllowed(allowsAddress: AddressCheck): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const refused = addresses.find(({ address }) => !allowsAddress(address));
      if (refused) return callback(new AddressNotAllowedError(refused.address), []);
      const [first] = addresses as [LookupAddress];
      if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
