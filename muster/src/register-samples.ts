import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { readEnvironment } from '../../cli/src/environment.ts';
import { describeFailure } from '../../cli/src/describe-failure.ts';
import type { Io, Output } from '../../cli/src/io.ts';
import { createSay } from '../../cli/src/messages/message.ts';
import { uploadFiles } from '../../cli/src/upload/upload-files.ts';
import type { Credentials } from '../../server/src/boot/start-service.ts';

const samples = fileURLToPath(new URL('../../samples', import.meta.url));

interface SampleRun {
  readonly credentials: Credentials;
  /** Where the service listens. Its public URL may lead nowhere from this machine. */
  readonly url: string;
  readonly dataDirectory: string;
}

/**
 * Registers the sample devices for the demo customer, through the public API and with the command line's own code,
 * after registering one of them for a neighbor. Returns the batch tracking id of the samples. Settings may refuse the
 * samples (fewer devices in one call, say): that is printed in one line, and the result is undefined.
 */
export async function registerSamples(run: SampleRun): Promise<string | undefined> {
  const io = createIo(run);
  try {
    return await uploadSamples(io, run.credentials.customerId);
  } catch (error) {
    const { text } = await describeFailure(error, { say: createSay('en-US'), io, isDebug: false });
    await io.stderr.write(
      `\nThe sample devices were not registered: ${text.replaceAll(/\s*\n\s*/g, ' ')} The service runs without them.\n`,
    );
    return undefined;
  }
}

async function uploadSamples(io: Io, customer: string): Promise<string | undefined> {
  const quiet = { ...io, stdout: silent, stderr: silent };
  await upload(quiet, 'neighbour-device.csv', { customer: randomUUID(), batch: 'Fabrikam' });
  await io.stdout.write(
    `\nFirst start: registering samples/devices.csv for the customer Contoso (${customer}).\n\n`,
  );
  const { trackingIds } = await upload(io, 'devices.csv', { customer, batch: 'Muster samples' });
  return trackingIds[0];
}

async function upload(
  io: Io,
  file: string,
  to: { customer: string; batch: string },
): ReturnType<typeof uploadFiles> {
  return uploadFiles(
    {
      values: { customer: to.customer, rows: 'all' },
      arguments: [join(samples, file)],
      batchId: to.batch,
      isTable: true,
      locale: 'en-US',
      say: createSay('en-US'),
      typed: ['devices', 'upload', file, '--batch', to.batch],
    },
    io,
  );
}

/** The command line's surroundings: this terminal, the new credentials, and state kept in the data directory. */
function createIo({ credentials, url, dataDirectory }: SampleRun): Io {
  const environment = readEnvironment();
  return {
    stdin: { isTTY: false, bytes: nothing() },
    stdout: toOutput(process.stdout),
    stderr: toOutput(process.stderr),
    environment: {
      ...environment,
      url,
      authority: url,
      tenantId: credentials.tenantId,
      clientId: credentials.clientId,
      clientSecret: credentials.clientSecret,
      customerId: credentials.customerId,
      credentialsFile: undefined,
      configDirectory: dataDirectory,
      stateDirectory: dataDirectory,
    },
    workingDirectory: process.cwd(),
    interruption: new AbortController().signal,
    fetch: globalThis.fetch,
    now: () => performance.now(),
    ask: () => Promise.reject(new Error('The sample run asks nothing.')),
  };
}

function toOutput(stream: NodeJS.WriteStream): Output {
  return {
    isTTY: stream.isTTY ?? false,
    columns: stream.columns ?? 140,
    write: async (text) => void stream.write(text),
  };
}

const silent: Output = { isTTY: false, columns: 80, write: async () => {} };

async function* nothing(): AsyncGenerator<Uint8Array> {}
