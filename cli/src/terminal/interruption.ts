/** The wish to stop. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** The first interruption requests an orderly stop; the second one stops immediately. */
  interrupt(by: NodeJS.Signals): void;
}

/** Listens for Ctrl-C and the signals that end a program. */
export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  const interrupt = (by: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new DOMException(by, 'AbortError'));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupt(signal));
  return { signal: controller.signal, interrupt };
}
