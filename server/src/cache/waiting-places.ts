/** How many requests may be held open at the same time. */
export interface WaitingLimits {
  /** On a node. 0: none. */
  readonly perNode: number;
  /** For each partner. */
  readonly perPartner: number;
}

/** The places of a node for requests that it holds open until something happens: each takes memory for a long time. */
export class WaitingPlaces {
  readonly #limits: WaitingLimits;
  readonly #taken = new Map<string, number>();
  #takenInAll = 0;

  constructor(limits: WaitingLimits) {
    this.#limits = limits;
  }

  /** Takes a place for a partner, and returns what gives it back. Undefined when there is none. */
  enter(partnerId: string): (() => void) | undefined {
    const taken = this.#taken.get(partnerId) ?? 0;
    if (taken >= this.#limits.perPartner || this.#takenInAll >= this.#limits.perNode) return undefined;
    this.#add(partnerId, 1);
    let isLeft = false;
    return () => {
      if (!isLeft) this.#add(partnerId, -1);
      isLeft = true;
    };
  }

  #add(partnerId: string, change: 1 | -1): void {
    this.#takenInAll += change;
    const taken = (this.#taken.get(partnerId) ?? 0) + change;
    if (taken === 0) this.#taken.delete(partnerId);
    else this.#taken.set(partnerId, taken);
  }
}
