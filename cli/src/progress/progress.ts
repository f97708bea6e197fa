/** How far a piece of work is, in devices. */
export interface ProgressState {
  readonly total: number;
  readonly accepted: number;
  readonly finished: number;
  readonly failed: number;
}

/** Shows how far it is. Drawing is its own affair: it may leave states out. */
export interface Progress {
  update(state: ProgressState): void;
  /** Takes a bar off the screen, or says the last state. */
  end(): void;
}

export const noProgress: Progress = { update: () => undefined, end: () => undefined };
