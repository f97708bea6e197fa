import { FileError } from '@muster/device-files/file-error';
import { ResponseError, type AccessToken } from '@muster/sdk';
import type { FailedRow, FromWorker, ReadingOptions, Registration, ToWorker } from './messages.ts';
import { registerFiles } from './register-files.ts';
import { provideBuffer } from './node-buffer.ts';
import { readRows, surveyFiles, toPreview, type SurveyResult } from './survey-files.ts';
import { writeReport } from './write-report.ts';

provideBuffer();

/** The files of one upload, and what is known of them. One worker serves one upload page. */
let files: readonly File[] = [];
let options: ReadingOptions = { columns: [], isHashTrusted: false };
let found: SurveyResult | undefined;
const failures = new Map<number, FailedRow['outcome']>();
let stop = new AbortController();
let giveToken: ((token: AccessToken | null) => void) | undefined;

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => void take(data));

async function take(message: ToWorker): Promise<void> {
  switch (message.kind) {
    case 'read':
      ({ files, options } = message);
      return survey();
    case 'register':
      return register(message.registration);
    case 'token':
      return giveToken?.(message.token);
    case 'report': {
      const { columns = [] } = found ?? {};
      const report = await writeReport(readRows(files, options), failures, {
        columns,
        locale: message.locale,
      });
      return post({ kind: 'report', ...report });
    }
    case 'stop':
      return stop.abort();
  }
}

async function survey(): Promise<void> {
  found = undefined;
  try {
    found = await surveyFiles(files, options, (rows) => post({ kind: 'rows', rows }));
    post({ kind: 'surveyed', survey: found.survey });
  } catch (error) {
    if (!(error instanceof FileError)) return post({ kind: 'broken', message: String(error) });
    const { key, values } = error;
    post({ kind: 'unreadable', file: { key, values, header: await readHeader(values) } });
  }
}

async function register(registration: Registration): Promise<void> {
  if (!found) return;
  const { duplicates, survey: counted } = found;
  failures.clear();
  stop = new AbortController();
  try {
    await registerFiles(registration, {
      devices: readDevices,
      count: counted.devices,
      duplicates,
      getToken: askForToken,
      signal: stop.signal,
      post,
    });
  } catch (error) {
    post({ kind: 'broken', message: describe(error) });
  }
}

async function* readDevices() {
  let index = 0;
  for await (const row of readRows(files, options)) {
    yield { device: row.device, preview: toPreview(row, index, []) };
    index += 1;
  }
}

function askForToken(): Promise<AccessToken | null> {
  return new Promise((resolve) => {
    giveToken = resolve;
    post({ kind: 'token-wanted' });
  });
}

function post(message: FromWorker): void {
  if (message.kind === 'failed')
    for (const { row, outcome } of message.rows) failures.set(row.index, outcome);
  postMessage(message);
}

function describe(error: unknown): string {
  if (error instanceof ResponseError)
    return `${error.description ?? error.message} (${error.requestId ?? ''})`;
  return error instanceof Error ? error.message : String(error);
}

/** The names in the header that the reader could not use, so that their meaning can be picked. */
async function readHeader({ file, line }: Readonly<Record<string, unknown>>): Promise<string[]> {
  const source = files.find(({ name }) => name === file);
  if (!source || typeof line !== 'number') return [];
  const text = await source.slice(0, 65_536).text();
  const header = text.split(/\r\n|\n|\r/)[line - 1] ?? '';
  const counts = [',', ';', '\t', '|'].map((separator) => header.split(separator));
  const [cells = []] = counts.sort((one, other) => other.length - one.length);
  return cells.map((cell) => cell.trim().replaceAll(/^"|"$/g, '')).filter((cell) => cell !== '');
}
