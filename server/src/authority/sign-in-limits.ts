import { isIPv6 } from 'node:net';
import { LRUCache } from 'lru-cache';
import { WindowCounters, type ElapsedMs } from '../http/window-counters.ts';
import { TokenError } from './token-error.ts';

const windowMs = 5 * 60_000;

/** An address may fail this many times as often as one name from it: offices share addresses. */
const addressFactor = 2;

/** Names that signed in lately, per address: nobody else's failures lock them out. */
const knownNamesMax = 10_000;

/** One attempt to prove something: a secret, a password, a user code. */
export interface Attempt {
  /** What is attempted and for whom, as `user ada@contoso.example`. */
  readonly name: string;
  readonly address: string;
}

/** Stops guessing: counts failed attempts per name and address, and per address over all names. */
export interface SignInLimits {
  /** Throws TokenError (429) when this name or this address failed too often lately. */
  check(attempt: Attempt): void;
  failed(attempt: Attempt): void;
  succeeded(attempt: Attempt): void;
}

/** `limit`: failures within five minutes per name and address; 0 is no limit. In memory, per node. */
export function createSignInLimits({
  limit,
  elapsedMs,
}: {
  limit: number;
  elapsedMs: ElapsedMs;
}): SignInLimits {
  const names = new WindowCounters({ limit, windowMs, elapsedMs });
  const addresses = new WindowCounters({ limit: limit * addressFactor, windowMs, elapsedMs });
  const known = new LRUCache<string, true>({ max: knownNamesMax });
  return {
    check: (attempt) => {
      const key = keyOf(attempt);
      refuse(names.secondsUntilRoom(key));
      if (!known.get(key)) refuse(addresses.secondsUntilRoom(addressGroup(attempt.address)));
    },
    failed: (attempt) => {
      names.count(keyOf(attempt));
      addresses.count(addressGroup(attempt.address));
    },
    succeeded: (attempt) => void known.set(keyOf(attempt), true),
  };
}

function keyOf({ name, address }: Attempt): string {
  return `${addressGroup(address)} ${name.slice(0, 250)}`;
}

function refuse(retryAfterSeconds: number): void {
  if (retryAfterSeconds > 0) throw new TokenError('tooManyFailures', '', { retryAfterSeconds });
}

/** The addresses that one party usually has: an IPv4 address, or the first 64 bits of an IPv6 address. */
export function addressGroup(address: string): string {
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (v4 !== undefined) return v4;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const before = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}
