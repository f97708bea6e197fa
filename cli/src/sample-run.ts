import type { Io } from './io.ts';
import { chooseLocale } from './messages/choose-locale.ts';
import { createSay } from './messages/message.ts';
import { uploadFiles, type UploadEnd } from './upload/upload-files.ts';

export interface Sample {
  readonly file: string;
  readonly batchId: string;
  /** The service's own credentials file; its customer gets the devices. */
  readonly credentialsFile: string;
  /** Another customer than the file's. */
  readonly customerId?: string;
  /** Shows nothing but failures of the upload itself. */
  readonly isQuiet?: boolean;
}

/**
 * `muster devices upload` from within another program: every device as a table on `io.stdout`, whether or not that is
 * a terminal, the rest on `io.stderr`. Rejects when the upload itself fails.
 */
export async function runSample(sample: Sample, io: Io): Promise<UploadEnd> {
  const locale = chooseLocale(io.environment.locale);
  const { file, batchId, credentialsFile, customerId, isQuiet = false } = sample;
  const words = [file, '--batch', batchId, '--credentials', credentialsFile];
  return uploadFiles(
    {
      locale,
      say: createSay(locale),
      arguments: [file],
      batchId,
      isTable: true,
      values: {
        credentials: credentialsFile,
        rows: isQuiet ? 'none' : 'all',
        ...(isQuiet && { quiet: true }),
        ...(customerId !== undefined && { customer: customerId }),
      },
      typed: ['devices', 'upload', ...words],
    },
    io,
  );
}
