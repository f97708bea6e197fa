import { stripVTControlCharacters } from 'node:util';
import type { Io } from '../io.ts';
import type { Say } from '../messages/message.ts';
import { formatDuration } from '../parse-duration.ts';
import { createPaint } from '../terminal/paint.ts';
import { textWidth } from '../terminal/text-width.ts';
import type { Progress, ProgressState } from './progress.ts';
import { Rate } from './rate.ts';

const redrawMs = 100;
const eraseLine = '\r\u001b[2K';

/** One bar over all parts, drawn over itself on the terminal: what is processed, what is accepted, rate, time left. */
export function createBar(io: Io, say: Say): Progress {
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
