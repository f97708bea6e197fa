import { exitCode, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { Say } from '../messages/message.ts';
import type { ReadNotice } from '@muster/device-files/device-row';
import { plainText } from '../terminal/text-layout.ts';
import type { InputSurvey } from './survey-input.ts';

interface Context {
  readonly io: Io;
  readonly say: Say;
}

/** Says what the reader ignored or skipped, so that nothing of a file is dropped in silence. */
export async function tellNotices(notices: readonly ReadNotice[], { io, say }: Context): Promise<void> {
  for (const notice of notices) {
    if (notice.kind !== 'columnsIgnored') continue;
    const columns = notice.columns.map(plainText).join(', ');
    await io.stderr.write(`${say('columnsIgnored', { file: notice.file, columns })}\n`);
  }
  const unwrapped = Map.groupBy(
    notices.filter((notice) => notice.kind === 'hashUnwrapped'),
    ({ file }) => file,
  );
  for (const [file, rows] of unwrapped) {
    const values = { file, count: rows.length, line: rows[0]?.line ?? 0 };
    await io.stderr.write(`${say('hashesUnwrapped', values)}\n`);
  }
  const skipped = Map.groupBy(
    notices.filter((notice) => notice.kind === 'rowSkipped'),
    ({ file }) => file,
  );
  for (const [file, rows] of skipped) {
    const lines = rows.slice(0, 10).map(({ line }) => line);
    const more = rows.length > lines.length ? ', ...' : '';
    await io.stderr.write(
      `${say('rowsSkipped', { file, count: rows.length, lines: lines.join(', ') + more })}\n`,
    );
  }
}

/** Says which rows cannot be sent. Nothing is: a file is uploaded whole or not at all. */
export async function tellProblems(survey: InputSurvey, { io, say }: Context): Promise<ExitCode> {
  const lines = survey.problems.flatMap(({ file, line, problem }) =>
    problem ? [`  ${file}:${line}: ${say(problem.key, problem.values)}`] : [],
  );
  const more = survey.problemCount - lines.length;
  if (more > 0) lines.push(`  ${say('fileRefusedMore', { count: more })}`);
  await io.stderr.write(
    `muster: ${say('fileRefused', { count: survey.problemCount })}\n${lines.join('\n')}\n`,
  );
  return exitCode.error;
}
