import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { UploadJournal } from '@muster/sdk';
import { CliError } from '../cli-error.ts';

/** What an upload is known by: the same of all these is the same upload. */
export interface UploadIdentity {
  readonly baseUrl: string;
  readonly customerId: string;
  readonly batchId: string;
  readonly policyId: string | undefined;
  /** Of the input's content. */
  readonly digest: string;
}

/** The default location of an upload's journal. */
export function journalPath(stateDirectory: string, identity: UploadIdentity): string {
  const { baseUrl, customerId, batchId, policyId = '', digest } = identity;
  const parts = [
    baseUrl.replace(/\/+$/, ''),
    customerId.toLowerCase(),
    batchId.toLowerCase(),
    policyId,
    digest,
  ];
  const name = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
  return join(stateDirectory, 'uploads', `${name}.journal`);
}

/** A journal in a file that only the user can read. What was appended is on the disk before `append` resolves. */
export function createFileJournal(path: string): UploadJournal & { remove(): Promise<void> } {
  return {
    async read() {
      try {
        return await readFile(path, 'utf8');
      } catch (fault) {
        if (codeOf(fault) === 'ENOENT') return undefined;
        throw unwritable(path, fault);
      }
    },
    async append(text) {
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await using file = await open(path, 'a', 0o600);
        await file.writeFile(text);
        await file.datasync();
      } catch (fault) {
        throw unwritable(path, fault);
      }
    },
    remove: () => rm(path, { force: true }),
  };
}

function unwritable(file: string, fault: unknown): CliError {
  return new CliError('journalUnwritable', { file, reason: codeOf(fault) ?? String(fault) });
}

function codeOf(fault: unknown): string | undefined {
  return fault instanceof Error && 'code' in fault ? String(fault.code) : undefined;
}
