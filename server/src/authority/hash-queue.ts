import { TokenError } from './token-error.ts';

/** Who a slow hash is made for. Each kind has a queue of its own, in which addresses take turns. */
export interface HashShare {
  readonly kind: 'application' | 'user' | 'administration';
  /** As `addressGroup` gives it; empty where it does not matter. */
  readonly address: string;
}

interface Waiting {
  start(): void;
  refuse(): void;
}

/** Runs slow work, so many pieces at once, in fair turns. Throws TokenError (503) where too many wait. */
export type HashQueue = <T>(share: HashShare, work: () => Promise<T>) => Promise<T>;

/** The time after which a refused caller may retry. */
const retryAfterSeconds = 2;

/**
 * Does `atOnce` pieces of work at a time; the others wait, up to `waitingMax` of each kind. Kinds take turns, and within
 * a kind addresses do: a flood of sign-ins from one address delays that address, not the others, and not the
 * applications. When a kind's queue is full, an address that has little waiting takes the last place of the one that
 * has most.
 */
export function createHashQueue({ atOnce, waitingMax }: { atOnce: number; waitingMax: number }): HashQueue {
  const kinds = new Map<string, Map<string, Waiting[]>>();
  let running = 0;

  return async (share, work) => {
    if (running < atOnce) running += 1;
    else await wait(share);
    try {
      return await work();
    } finally {
      // Whoever is next takes over the place, so the number stays.
      const next = takeNext(kinds);
      if (next) next.start();
      else running -= 1;
    }
  };

  function wait({ kind, address }: HashShare): Promise<void> {
    const lines = kinds.get(kind) ?? new Map<string, Waiting[]>();
    kinds.set(kind, lines);
    const line = lines.get(address) ?? [];
    if (lengthOf(lines) >= waitingMax) makeRoom(lines, line.length);
    lines.set(address, line);
    return new Promise((resolve, reject) => {
      line.push({
        start: resolve,
        refuse: () => reject(tooBusy()),
      });
    });
  }
}

/** Refuses the last of the longest line, or the newcomer where no line is clearly longer than theirs. */
function makeRoom(lines: Map<string, Waiting[]>, ownLength: number): void {
  const longest = [...lines.values()].reduce((one, other) => (other.length > one.length ? other : one), []);
  if (longest.length <= ownLength + 1) throw tooBusy();
  longest.pop()?.refuse();
}

function lengthOf(lines: ReadonlyMap<string, readonly Waiting[]>): number {
  return [...lines.values()].reduce((sum, line) => sum + line.length, 0);
}

/** The first of the address whose turn it is, of the kind whose turn it is. Both go to the end of their round. */
function takeNext(kinds: Map<string, Map<string, Waiting[]>>): Waiting | undefined {
  for (const [kind, lines] of kinds) {
    for (const [address, line] of lines) {
      const next = line.shift();
      lines.delete(address);
      kinds.delete(kind);
      if (line.length > 0) lines.set(address, line);
      if (lines.size > 0) kinds.set(kind, lines);
      if (next) return next;
    }
  }
  return undefined;
}

function tooBusy(): TokenError {
  return new TokenError('tooBusy', '', { retryAfterSeconds });
}
