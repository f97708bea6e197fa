import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { readEnvironment } from '../cli/src/environment.ts';
import type { Io, Output } from '../cli/src/io.ts';
import { createSay } from '../cli/src/messages/message.ts';
import { uploadFiles } from '../cli/src/upload/upload-files.ts';
import type { Credentials } from '../server/src/boot/start-service.ts';

const samples = fileURLToPath(new URL('../samples', import.meta.url));

/**
 * Does the main job once, through the public API and with the command line's own code: registers one device for a
 * neighbour, then the sample devices for the demo customer, one of which is the neighbour's. Returns the batch
 * tracking id of the samples.
 */
export async function registerSamples(
  credentials: Credentials,
  dataDirectory: string,
): Promise<string | undefined> {
  const io = createIo(credentials, dataDirectory);
  await upload({ ...io, stdout: silent, stderr: silent }, 'neighbour-device.csv', {
    customer: randomUUID(),
    batch: 'Fabrikam',
  });
  await io.stdout.write(
    `\nFirst start: registering samples/devices.csv for the customer Contoso (${credentials.customerId}).\n\n`,
  );
  const { trackingIds } = await upload(io, 'devices.csv', {
    customer: credentials.customerId,
    batch: 'Muster samples',
  });
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
function createIo(credentials: Credentials, dataDirectory: string): Io {
  const environment = readEnvironment();
  return {
    stdin: { isTTY: false, bytes: nothing() },
    stdout: toOutput(process.stdout),
    stderr: toOutput(process.stderr),
    environment: {
      ...environment,
      url: credentials.baseUrl,
      authority: credentials.authority,
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
