import type { Io } from '../io.ts';
import type { Say } from '../messages/message.ts';
import type { Progress, ProgressState } from './progress.ts';

/** A line at most this often, so that a log stays short. */
const intervalMs = 5_000;

/** A line of text now and then, for logs. `describe` makes the line: text for people, or an event for programs. */
export function createLines(io: Io, describe: (state: ProgressState) => string): Progress {
  let last: ProgressState | undefined;
  let saidAt: number | undefined;
  const tell = (state: ProgressState) => {
    saidAt = io.now();
    last = undefined;
    void io.stderr.write(`${describe(state)}\n`);
  };
  return {
    update(state) {
      last = state;
      saidAt ??= io.now();
      if (io.now() - saidAt >= intervalMs) tell(state);
    },
    end() {
      if (last && last.accepted > 0) tell(last);
    },
  };
}

/** What a line says to people. */
export function describeForPeople(say: Say): (state: ProgressState) => string {
  return ({ total, accepted, finished, failed }) =>
    say('progressLine', { total, accepted, processed: finished, failed });
}

/** What a line says to programs: one JSON object, `{"event":"progress","total":..,"accepted":..,"finished":..,"failed":..}`. */
export function describeForPrograms(state: ProgressState): string {
  const { total, accepted, finished, failed } = state;
  return JSON.stringify({ event: 'progress', total, accepted, finished, failed });
}
