import { stripVTControlCharacters } from 'node:util';
import type { Options, Values } from '../command.ts';
import { formatDuration } from '../duration.ts';
import type { Io } from '../io.ts';
import type { Say } from '../messages/message.ts';
import { createPaint } from './paint.ts';
import { textWidth } from './text-layout.ts';

/** How far a piece of work is, in devices. */
export interface ProgressState {
  readonly total: number;
  readonly accepted: number;
  readonly finished: number;
  readonly failed: number;
}

/** Shows the progress. It may skip states. */
export interface Progress {
  update(state: ProgressState): void;
  /** Removes the bar from the screen, or prints the last state. */
  end(): void;
}

const noProgress: Progress = { update: () => undefined, end: () => undefined };

export const progressOption = {
  progress: {
    type: 'string',
    value: 'FORM',
    choices: ['auto', 'bar', 'lines', 'json', 'none'],
    description: {
      'en-US':
        'Progress display: bar, lines, json (one event per line) or none (default: bar on a terminal, otherwise lines)',
      'zh-TW': '進度顯示方式：bar、lines、json（每行一個事件）或 none（預設：終端機為 bar，否則為 lines）',
    },
  },
} as const satisfies Options;

interface Chosen extends Values<typeof progressOption> {
  readonly quiet?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** How progress is shown on standard error. With `--json`, events instead of text unless there is a terminal. */
export function chooseProgress(values: Chosen, io: Io, say: Say): Progress {
  if (values.quiet) return noProgress;
  const asked = values.progress ?? 'auto';
  const form = asked === 'auto' ? (io.stderr.isTTY ? 'bar' : values.json ? 'json' : 'lines') : asked;
  if (form === 'bar') return createBar(io, say);
  if (form === 'lines') return createLines(io, describeForPeople(say));
  return form === 'json' ? createLines(io, describeForPrograms) : noProgress;
}

/** A line at most this often, so that a log stays short. */
const intervalMs = 5_000;

/** A line of text now and then, for logs. `describe` makes the line: text for people, or an event for programs. */
function createLines(io: Io, describe: (state: ProgressState) => string): Progress {
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

/** A line of progress for people. */
function describeForPeople(say: Say): (state: ProgressState) => string {
  return ({ total, accepted, finished, failed }) =>
    say('progressLine', { total, accepted, processed: finished, failed });
}

/** A line of progress for programs: one JSON object, `{"event":"progress","total":..,"accepted":..,"finished":..,"failed":..}`. */
function describeForPrograms(state: ProgressState): string {
  const { total, accepted, finished, failed } = state;
  return JSON.stringify({ event: 'progress', total, accepted, finished, failed });
}

const redrawMs = 100;
const eraseLine = '\r\u001b[2K';

/** One bar over all parts, drawn over itself on the terminal: what is processed, what is accepted, rate, time left. */
function createBar(io: Io, say: Say): Progress {
  const rate = new Rate();
  const paint = createPaint(io.stderr, io);
  let last: ProgressState | undefined;
  let drawnAt = -Infinity;

  const draw = (state: ProgressState) => {
    const { perSecond, leftMs } = rate.measure(state, io.now());
    const texts = [
      `${percent(state)}%`,
      `${state.finished.toLocaleString('en-US')}/${state.total.toLocaleString('en-US')} ${say('progressProcessing')}`,
      state.failed > 0
        ? paint('red', say('progressFailed', { count: state.failed.toLocaleString('en-US') }))
        : '',
      perSecond >= 1 ? say('progressRate', { rate: Math.round(perSecond).toLocaleString('en-US') }) : '',
      leftMs === undefined || state.finished === state.total
        ? ''
        : say('progressLeft', { duration: formatDuration(leftMs) }),
    ].filter((text) => text !== '');
    const talk = texts.join('  ');
    const plain = stripVTControlCharacters(talk);
    const width = Math.min(40, io.stderr.columns - textWidth(plain) - 4);
    void io.stderr.write(`${eraseLine}${width >= 8 ? `${renderBar(state, width)} ` : ''}${talk}`);
  };

  return {
    update(state) {
      last = state;
      if (io.now() - drawnAt < redrawMs) return;
      drawnAt = io.now();
      draw(state);
    },
    end() {
      if (!last) return;
      draw(last);
      void io.stderr.write('\n');
      last = undefined;
    },
  };
}

function percent({ finished, total }: ProgressState): number {
  return total === 0 ? 0 : Math.floor((finished / total) * 100);
}

/** Full blocks for what is processed, light ones for what is accepted and not processed yet. */
function renderBar({ total, accepted, finished }: ProgressState, width: number): string {
  const scale = (count: number) => Math.min(width, Math.floor((count / Math.max(1, total)) * width));
  const done = scale(finished);
  const sent = Math.max(done, scale(accepted));
  return `${'█'.repeat(done)}${'▒'.repeat(sent - done)}${'░'.repeat(width - sent)}`;
}

/** Devices a second and the time left, from the first state that was seen on. */
class Rate {
  #startMs: number | undefined;
  #startDone = 0;

  /** `leftMs` is undefined until there is something to go by. */
  measure(state: ProgressState, nowMs: number): { perSecond: number; leftMs: number | undefined } {
    const done = doneOf(state);
    // What an earlier run did must not count as done in no time.
    if (this.#startMs === undefined) {
      this.#startMs = nowMs;
      this.#startDone = done;
    }
    const elapsedMs = nowMs - this.#startMs;
    const perSecond = elapsedMs > 0 ? ((done - this.#startDone) / elapsedMs) * 1_000 : 0;
    const left = state.total - done;
    return { perSecond, leftMs: perSecond > 0 ? (left / perSecond) * 1_000 : undefined };
  }
}

/** Half a device is done when it is accepted, all of it when it has an outcome. */
function doneOf({ accepted, finished }: ProgressState): number {
  return (Math.max(accepted, finished) + finished) / 2;
}
