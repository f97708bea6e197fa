/** Bodies up to this size are read even while larger ones wait. */
const passingBodyBytes = 128 * 1024;

/** The part of the budget that is reserved for small bodies. */
const keptForSmallOnes = 1 / 8;

/** The parts of the budget for one partner, for all requests without a token, and for one address among those. */
const partOfPartner = 1 / 2;
const partWithoutToken = 1 / 8;
const partOfAddress = partWithoutToken / 2;

/** The number of bodies that can wait for room. Each takes a socket and up to 64 KiB that Node has read ahead. */
const waitingMax = 500;

/** The limits of the bodies that a node holds in memory. */
export interface BodyBudgetOptions {
  /** All bodies together, in bytes: being read, inflated, parsed and stored. */
  readonly bytesMax: number;
  /** The largest single body, in bytes: always fits. */
  readonly bodyBytesMax: number;
  /** How long a body may wait for room, in milliseconds. */
  readonly waitMs: number;
}

/** Room for one body. */
export interface Reservation {
  /** Reserves room up to this many bytes. False if there is none. */
  growTo(bytes: number): boolean;
  /** Releases all of it. Can be called twice. */
  release(): void;
}

/** The sender of a body: a caller with a token, or an address. */
export interface BodyOwner {
  readonly name?: string | undefined;
  readonly address: string;
}

interface Share {
  readonly key: string;
  readonly bytesMax: number;
}

interface Waiter {
  readonly owner: BodyOwner;
  readonly bytes: number;
  readonly resolve: (reservation: Reservation | undefined) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * The memory of a node for request bodies. A partner can use at most half of it, so that it cannot block others. Requests
 * without a token can use an eighth together, and one address half of that.
 */
export class BodyBudget {
  readonly #options: BodyBudgetOptions;
  readonly #byShare = new Map<string, number>();
  readonly #waiting: Waiter[] = [];
  #taken = 0;

  constructor(options: BodyBudgetOptions) {
    this.#options = options;
  }

  /** Bytes that are taken now. */
  get taken(): number {
    return this.#taken;
  }

  /**
   * Takes room for a body of so many bytes, after waiting for it if need be. Undefined when there was none in time, or
   * too many wait already. Aborting `signal` ends the waiting.
   */
  reserve(owner: BodyOwner, bytes: number, signal: AbortSignal): Promise<Reservation | undefined> {
    if (this.#take(owner, bytes)) return Promise.resolve(this.#reservation(owner, bytes));
    if (this.#waiting.length >= waitingMax || signal.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const leave = (): void => this.#leave(waiter);
      const waiter: Waiter = {
        owner,
        bytes,
        timer: setTimeout(leave, this.#options.waitMs).unref(),
        resolve: (reservation) => {
          clearTimeout(waiter.timer);
          signal.removeEventListener('abort', leave);
          resolve(reservation);
        },
      };
      signal.addEventListener('abort', leave);
      this.#waiting.push(waiter);
    });
  }

  #reservation(owner: BodyOwner, bytes: number): Reservation {
    let taken = bytes;
    return {
      growTo: (wanted) => {
        const more = wanted - taken;
        if (more <= 0) return true;
        if (!this.#take(owner, more, wanted)) return false;
        taken = wanted;
        return true;
      },
      release: () => {
        this.#giveBack(owner, taken);
        taken = 0;
      },
    };
  }

  #take(owner: BodyOwner, bytes: number, total = bytes): boolean {
    const { bytesMax } = this.#options;
    const limit = total <= passingBodyBytes ? bytesMax : bytesMax * (1 - keptForSmallOnes);
    // A body on its own always fits.
    if (this.#taken > 0 && this.#taken + bytes > limit) return false;
    const shares = this.#sharesOf(owner);
    if (!shares.every((share) => this.#fits(share, bytes))) return false;
    this.#taken += bytes;
    for (const { key } of shares) this.#byShare.set(key, (this.#byShare.get(key) ?? 0) + bytes);
    return true;
  }

  #fits({ key, bytesMax }: Share, bytes: number): boolean {
    const taken = this.#byShare.get(key) ?? 0;
    return taken === 0 || taken + bytes <= bytesMax;
  }

  #sharesOf({ name, address }: BodyOwner): Share[] {
    const { bytesMax, bodyBytesMax } = this.#options;
    if (name !== undefined)
      return [{ key: name, bytesMax: Math.max(bytesMax * partOfPartner, bodyBytesMax) }];
    return [
      { key: address, bytesMax: bytesMax * partOfAddress },
      { key: 'no token', bytesMax: bytesMax * partWithoutToken },
    ];
  }

  #giveBack(owner: BodyOwner, bytes: number): void {
    if (bytes === 0) return;
    this.#taken -= bytes;
    for (const { key } of this.#sharesOf(owner)) {
      const left = (this.#byShare.get(key) ?? 0) - bytes;
      if (left > 0) this.#byShare.set(key, left);
      else this.#byShare.delete(key);
    }
    this.#admitWaiting();
  }

  /** In order of arrival, except that bodies that do not fit yet are overtaken by those that do. */
  #admitWaiting(): void {
    for (let at = 0; at < this.#waiting.length;) {
      const waiter = this.#waiting[at];
      if (!waiter || !this.#take(waiter.owner, waiter.bytes)) at += 1;
      else {
        this.#waiting.splice(at, 1);
        waiter.resolve(this.#reservation(waiter.owner, waiter.bytes));
      }
    }
  }

  #leave(waiter: Waiter): void {
    const at = this.#waiting.indexOf(waiter);
    if (at !== -1) this.#waiting.splice(at, 1);
    waiter.resolve(undefined);
  }
}
