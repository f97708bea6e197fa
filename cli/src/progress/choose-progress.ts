import type { Options, Values } from '../command.ts';
import type { Io } from '../io.ts';
import type { Say } from '../messages/message.ts';
import { createBar } from './bar.ts';
import { createLines, describeForPeople, describeForPrograms } from './lines.ts';
import { noProgress, type Progress } from './progress.ts';

export const progressOption = {
  progress: {
    type: 'string',
    value: 'FORM',
    choices: ['auto', 'bar', 'lines', 'json', 'none'],
    description: {
      'en-US': 'bar, lines, json (one event a line) or none; default: bar on a terminal, lines elsewhere',
      'zh-TW':
        'bar（進度列）、lines（文字列）、json（每列一個事件）或 none；預設：終端機用 bar，其他用 lines',
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
