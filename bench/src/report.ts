import { execFile } from 'node:child_process';
import { cpus, release, totalmem } from 'node:os';
import { promisify } from 'node:util';
import type { Row } from './row.ts';

const runFile = promisify(execFile);

/** What a reader needs to judge the figures by: when, what, on which machine. */
export async function describeMachine(
  chosen: readonly string[],
  { isSmoke }: { isSmoke: boolean },
): Promise<string> {
  const processors = cpus();
  const commit = await runFile('git', ['rev-parse', '--short', 'HEAD'], { cwd: import.meta.dirname }).then(
    ({ stdout }) => stdout.trim(),
    () => 'unknown',
  );
  return [
    `npm run bench -- ${chosen.join(' ')}${isSmoke ? ' --smoke (these figures mean nothing)' : ''}`,
    `${new Date().toISOString()}, commit ${commit}, Node ${process.versions.node}, embedded PostgreSQL`,
    `${processors.length} x ${processors[0]?.model.trim() ?? 'processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`,
  ].join('\n');
}

/** The rows as a table in Markdown, so that they can go into RESULTS.md as they are. */
export function renderRows(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.measure,
    row.case,
    String(row.ours),
    String(row.limit),
    row.unit,
    String(row.ratio),
    String(row.reach),
    row.holds ? 'yes' : 'no',
  ]);
  const heads = ['Measure', 'Case', 'Ours', 'Limit', 'Unit', 'Ratio', 'Reach', 'Holds'];
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...cells.map((line) => line[column]?.length ?? 0)),
  );
  const line = (values: readonly string[]): string =>
    `| ${values.map((value, column) => value.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(heads), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n');
}
