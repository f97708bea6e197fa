import { randomFillSync, randomInt } from 'node:crypto';

/** Bytes of an id after its version and count. */
const tailBytes = 8;

/**
 * The last id's milliseconds and, in the lower 12 bits, its count within them: so that ids also grow within a millisecond,
 * and over a clock that was set back. Shared memory, because threads make ids, too.
 */
let lastId = new BigInt64Array(new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT));

/** What a thread needs to make ids in one order with the others: give it to `shareDeviceIds` there. */
export function sharedDeviceIds(): BigInt64Array<SharedArrayBuffer> {
  return lastId;
}

/** Makes this thread's ids follow those of the thread that `shared` is from. */
export function shareDeviceIds(shared: BigInt64Array<SharedArrayBuffer>): void {
  lastId = shared;
}

/**
 * New device ids (UUID version 7: RFC 9562, 6.2 method 1), each greater than all before it in this process: devices list
 * in the order of upload. 48 bits of milliseconds, 12 bits that count within one, 62 random bits, fetched and written for
 * all ids at once: done one by one they were a sixth of an upload's time.
 */
export function newDeviceIds(count: number, now: number): string[] {
  if (count === 0) return [];
  const tails = randomTails(count);
  const first = reserve(count, now);
  let ms = Number(first >> 12n);
  let sequence = Number(first & 0xfffn);
  return Array.from({ length: count }, (_, index) => {
    const time = ms.toString(16).padStart(12, '0');
    const counter = sequence.toString(16).padStart(3, '0');
    const at = index * tailBytes * 2;
    const [variant, tail] = [tails.slice(at, at + 4), tails.slice(at + 4, at + 16)];
    sequence += 1;
    if (sequence > 0xfff) [ms, sequence] = [ms + 1, 0];
    return [time.slice(0, 8), time.slice(8), `7${counter}`, variant, tail].join('-');
  });
}

/** The last 64 bits of so many ids, as hex digits: the two of the variant, then random ones. */
function randomTails(count: number): string {
  const random = randomFillSync(Buffer.allocUnsafe(count * tailBytes));
  for (let at = 0; at < random.length; at += tailBytes) random[at] = ((random[at] ?? 0) & 0x3f) | 0x80;
  return random.toString('hex');
}

/** The first of so many ids in a row that no other call gets, on whatever thread. */
function reserve(count: number, now: number): bigint {
  // Half of the counter's range is left to count in.
  const start = (BigInt(now) << 12n) | BigInt(randomInt(0x800));
  for (;;) {
    const last = Atomics.load(lastId, 0);
    const first = now > Number(last >> 12n) ? start : last + 1n;
    if (Atomics.compareExchange(lastId, 0, last, first + BigInt(count - 1)) === last) return first;
  }
}
