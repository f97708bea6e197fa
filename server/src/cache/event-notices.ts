/** Who wants to hear of events on this node. */
export interface EventListener {
  /** A partner has events; undefined: some may have been missed. */
  onEvents(partnerId: string | undefined): void;
  /** The node stops. */
  onStop?(): void;
}

/** Tells whoever listens on this node that there are events. */
export class EventNotices {
  readonly #listeners = new Set<EventListener>();
  #isStopping = false;

  /** Returns what ends the listening. On a node that stops, `onStop` is called at once. */
  listen(listener: EventListener): () => void {
    this.#listeners.add(listener);
    if (this.#isStopping) listener.onStop?.();
    return () => void this.#listeners.delete(listener);
  }

  tell(partnerId?: string): void {
    for (const listener of this.#listeners) listener.onEvents(partnerId);
  }

  /** Ends the streams. */
  stop(): void {
    this.#isStopping = true;
    for (const listener of this.#listeners) listener.onStop?.();
  }
}
