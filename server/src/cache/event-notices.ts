type Listener = (partnerId: string | undefined) => void;

/** Tells whoever listens on this node that there are events: a partner's, or, undefined, that some may have been missed. */
export class EventNotices {
  readonly #listeners = new Set<Listener>();

  /** Returns what ends the listening. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  tell(partnerId?: string): void {
    for (const listener of this.#listeners) listener(partnerId);
  }
}
