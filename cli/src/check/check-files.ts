import { CliError } from '../cli-error.ts';
import type { SharedInvocation } from '../command.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { DeviceRow, ReadNotice } from '@muster/device-files/device-row';
import { expandFiles } from '../upload/expand-files.ts';
import { readDevices } from '@muster/device-files/read-devices';
import { createPaint } from '../terminal/paint.ts';
import { plainText } from '../terminal/text-layout.ts';
import { toDeviceFiles } from '../upload/input-files.ts';
import { tellNotices } from '../upload/tell-survey.ts';
import { checkRow, type Finding } from '@muster/device-files/check-row';
import { KeyTable } from '@muster/device-files/key-table';
import { RowPlaces } from '@muster/device-files/row-places';

/** Reads files and says line by line what is wrong with them. Needs no service and sends nothing. */
export async function checkFiles(
  names: readonly string[],
  request: SharedInvocation,
  io: Io,
): Promise<ExitCode> {
  const { values, say } = request;
  const files = await expandFiles(names, io.workingDirectory);
  const notices: ReadNotice[] = [];
  const count = { devices: 0, errors: 0, warnings: 0 };
  const findDuplicate = createDuplicateFinder(files.length > 1);
  const tell = createTeller(request, io);
  const input = toDeviceFiles(files, io);
  for await (const row of readDevices(input, { onNotice: (notice) => void notices.push(notice) })) {
    const { findings, keys } = checkRow(row);
    const duplicate = findDuplicate(row, keys);
    const all = duplicate ? [...findings, duplicate] : findings;
    count.devices += 1;
    if (all.some(({ severity }) => severity === 'error')) count.errors += 1;
    else if (all.length > 0) count.warnings += 1;
    for (const finding of all) await tell(row, finding);
    io.interruption.throwIfAborted();
  }
  if (count.devices === 0) throw new CliError('fileWithoutDevices', { file: files.join(', ') });
  if (values.json) {
    await io.stdout.write(`${JSON.stringify({ summary: count })}\n`);
  } else {
    if (!values.quiet) await tellNotices(notices, { io, say });
    const { devices, errors, warnings } = count;
    await io.stderr.write(
      `${say('checkSummary', { count: devices, errors, warnings })} ${say('checkNothingUploaded')}\n`,
    );
  }
  return count.errors > 0 ? exitCode.failedDevices : exitCode.finished;
}

/** Finds rows of the same machine, by the keys the service knows it by: the first counts, as in an upload. */
function createDuplicateFinder(hasSeveralFiles: boolean) {
  const table = new KeyTable();
  const places = new RowPlaces();
  return (row: DeviceRow, keys: readonly string[]): Finding | undefined => {
    const index = places.add(row);
    let first: number | undefined;
    for (const key of keys) {
      const seen = table.add(Buffer.from(key.replaceAll('-', ''), 'hex'), index);
      if (seen !== undefined && seen !== index) first ??= seen;
    }
    if (first === undefined) return undefined;
    const { file, line } = places.get(first);
    const where = hasSeveralFiles ? `${file}:${line}` : String(line);
    return { severity: 'error', key: 'checkDuplicate', values: { where } };
  };
}

function createTeller({ values, say }: SharedInvocation, io: Io) {
  const paint = createPaint(io.stdout, io);
  return async (row: DeviceRow, { severity, key, values: details }: Finding): Promise<void> => {
    const message = plainText(say(key, details));
    const { file, line } = row;
    if (values.json) {
      await io.stdout.write(`${JSON.stringify({ file, line, severity, problem: key, message })}\n`);
      return;
    }
    const kind =
      severity === 'error' ? paint('red', say('checkError')) : paint('yellow', say('checkWarning'));
    await io.stdout.write(`${file}:${line}: ${kind}: ${message}\n`);
  };
}
