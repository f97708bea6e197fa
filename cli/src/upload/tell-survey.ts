import type { StopName } from '@muster/device-files/check-row';
import type { ReadNotice } from '@muster/device-files/device-row';
import { CliError } from '../cli-error.ts';
import type { Io } from '../io.ts';
import type { Say } from '../messages/message.ts';
import type { Paint } from '../terminal/paint.ts';
import { plainText } from '../terminal/text-layout.ts';
import type { InputSurvey, PlacedFinding } from './survey-input.ts';

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

/** A finding as text: the message alone, and a line with its place and severity. */
export function sayFinding(finding: PlacedFinding, say: Say, paint: Paint) {
  const { file, line, severity, key, values } = finding;
  const message = plainText(say(key, values));
  const kind = severity === 'error' ? paint('red', say('checkError')) : paint('yellow', say('checkWarning'));
  return { message, text: `${file}:${line}: ${kind}: ${message}` };
}

/** Keeps the first findings to show, because an upload of a million rows may have a million of them. */
export class FindingSample {
  static readonly #kept = 10;
  readonly #findings: Record<PlacedFinding['effect'], PlacedFinding[]> = {
    refuses: [],
    stops: [],
    fails: [],
    notes: [],
  };
  #moreCount = 0;

  add(finding: PlacedFinding): void {
    const kept = this.#findings[finding.effect];
    if (kept.length < FindingSample.#kept) kept.push(finding);
    else if (finding.effect !== 'refuses') this.#moreCount += 1;
  }

  /** Says what was found in rows that can be sent, and how many rows there are. */
  async tell({ counts }: InputSurvey, { io, say, paint }: Context & { paint: Paint }): Promise<void> {
    const { stops, fails, notes } = this.#findings;
    const lines = [...stops, ...fails, ...notes].map((finding) => sayFinding(finding, say, paint).text);
    if (lines.length === 0) return;
    if (this.#moreCount > 0) lines.push(say('findingsMore', { count: this.#moreCount }));
    const { devices: count, errors, warnings } = counts;
    lines.push(say('checkSummary', { count, errors, warnings }));
    await io.stderr.write(lines.map((line) => `${line}\n`).join(''));
  }

  /** Says which rows cannot be sent. Nothing is: a file is uploaded whole or not at all. */
  async tellRefused({ refusedCount: count }: InputSurvey, { io, say }: Context): Promise<void> {
    const lines = this.#findings.refuses.map(
      ({ file, line, key, values }) => `  ${file}:${line}: ${plainText(say(key, values))}`,
    );
    if (count > lines.length) lines.push(`  ${say('fileRefusedMore', { count: count - lines.length })}`);
    await io.stderr.write(`muster: ${say('fileRefused', { count })}\n${lines.join('\n')}\n`);
  }
}

/** What lets an upload go on that findings stop. */
export function describeStops(stops: InputSurvey['stops'], say: Say): string[] {
  if (stops.size === 0) return [];
  const options = [...stops.keys()].map((name) => `--allow ${name}`).join(' ');
  return [say('uploadWouldStop', { options }), ...(stops.has('differs') ? [say('stopTrustHash')] : [])];
}

/** How to continue an upload that findings have stopped: with the values in the hashes, or unchanged. */
export type StopAnswer = { readonly isHashTrusted: true } | { readonly allowed: readonly StopName[] };

/** Asks on a terminal whether to go on. Throws when there is none, and when the answer is no. */
export async function askAboutStops({ stops }: InputSurvey, { io, say }: Context): Promise<StopAnswer> {
  const hint = describeStops(stops, say).join('\n');
  const isAsking = io.stdin.isTTY && io.stderr.isTTY;
  const isYes = async (text: string): Promise<boolean> => {
    const answer = await io.ask({ text: say('confirm', { question: text }) });
    io.interruption.throwIfAborted();
    return /^(y|yes|是|好)$/i.test(answer);
  };
  const count = stops.get('differs') ?? 0;
  if (isAsking && count > 0 && (await isYes(say('askTrustHash', { count })))) return { isHashTrusted: true };
  if (isAsking && (await isYes(say('askUploadAnyway')))) return { allowed: [...stops.keys()] };
  throw new CliError('uploadStoppedByFindings', { hint });
}
