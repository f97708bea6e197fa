import { setTimeout as delay } from 'node:timers/promises';

/** The parts to stop, in the order in which they were started. */
export interface Release {
  /**
   * Adds a step. It gets the number of milliseconds that are left, and is abandoned shortly afterward; the error then
   * contains `what`.
   */
  add(what: string, step: (waitMs: number) => Promise<unknown>): void;
  /** Adds a step that is never abandoned. */
  always(step: () => Promise<unknown>): void;
  /** Runs all steps in reverse order, even if others fail. Throws one error for all failures. */
  all(): Promise<void>;
}

/** The time that a step has to abort itself after its deadline. */
const toleranceMs = 2000;

/** @param waitMsMax How long the steps may take together, without those of `always`. */
export function releaseInReverse(waitMsMax: number): Release {
  const steps: ((waitMs: number) => Promise<unknown>)[] = [];
  let done: Promise<void> | undefined;

  async function releaseAll(): Promise<void> {
    const deadline = performance.now() + waitMsMax;
    const problems: string[] = [];
    for (const step of steps.toReversed()) {
      try {
        await step(Math.max(0, deadline - performance.now()));
      } catch (error) {
        problems.push(error instanceof Error ? error.message : String(error));
      }
    }
    if (problems.length > 0) throw new Error(problems.join('; '));
  }

  return {
    add: (what, step) => void steps.push((waitMs) => withinTime(what, step(waitMs), waitMs + toleranceMs)),
    always: (step) => void steps.push(step),
    all: () => (done ??= releaseAll()),
  };
}

async function withinTime(what: string, work: Promise<unknown>, waitMs: number): Promise<void> {
  const timeout = new AbortController();
  const late = delay(waitMs, 'late', { signal: timeout.signal }).catch(() => undefined);
  try {
    if ((await Promise.race([work, late])) === 'late') throw new Error('not finished in time');
  } catch (error) {
    throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    timeout.abort();
  }
}
