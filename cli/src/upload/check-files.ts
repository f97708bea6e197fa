import type { SharedInvocation } from '../command.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { createPaint } from '../terminal/paint.ts';
import { expandFiles } from './expand-files.ts';
import { toDeviceFiles } from './input-files.ts';
import { surveyInput, type InputOptions, type PlacedFinding } from './survey-input.ts';
import { describeStops, sayFinding, tellNotices } from './tell-survey.ts';

interface CheckRequest extends SharedInvocation {
  readonly arguments: readonly string[];
  readonly input: InputOptions;
}

/**
 * Reads files and reports line by line what an upload would find. Needs no service and sends nothing. The exit code says
 * whether the upload would start and every device could succeed.
 */
export async function checkFiles(request: CheckRequest, io: Io): Promise<ExitCode> {
  const { values, say, input } = request;
  const files = toDeviceFiles(await expandFiles(request.arguments, io.workingDirectory), io);
  const survey = await surveyInput(files, io.interruption, input, createTeller(request, io));
  const { counts, stops } = survey;
  if (values.json) {
    const summary = stops.size > 0 ? { ...counts, stops: Object.fromEntries(stops) } : counts;
    await io.stdout.write(`${JSON.stringify({ summary })}\n`);
  } else {
    if (!values.quiet) await tellNotices(survey.notices, { io, say });
    const { devices: count, errors, warnings } = counts;
    const lines = [
      `${say('checkSummary', { count, errors, warnings })}${say('checkNothingUploaded')}`,
      ...(survey.refusedCount === 0 ? describeStops(stops, say) : []),
    ];
    await io.stderr.write(lines.map((line) => `${line}\n`).join(''));
  }
  return counts.errors > 0 || stops.size > 0 ? exitCode.failedDevices : exitCode.finished;
}

function createTeller({ values, say }: SharedInvocation, io: Io) {
  const paint = createPaint(io.stdout, io);
  return async (finding: PlacedFinding): Promise<void> => {
    const { file, line, severity, key } = finding;
    const { message, text } = sayFinding(finding, say, paint);
    const shown = values.json ? JSON.stringify({ file, line, severity, problem: key, message }) : text;
    await io.stdout.write(`${shown}\n`);
  };
}
