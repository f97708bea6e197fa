import { usageError } from '../cli-error.ts';

/** The batch of the command line. Throws when none is given. */
export function requireBatch(values: { readonly batch?: string | undefined }): string {
  if (values.batch === undefined) throw usageError('missingOption', { option: '--batch' });
  return values.batch;
}
