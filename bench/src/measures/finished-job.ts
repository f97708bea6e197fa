import { uploadDevices } from '../load/upload-body.ts';
import { withClient } from '../machine/bench-postgres.ts';
import { clientHeaders } from '../machine/client-headers.ts';
import { exchange, requireStatus } from '../machine/exchange.ts';
import type { MusterService } from '../machine/muster-service.ts';
import { waitForJobs } from './uploads.ts';

/** Uploads one batch of new devices, waits until its job is finished, and gives the path of its status. */
export async function finishJob(
  service: MusterService,
  databaseUrl: string,
  upload: { seed: string; devices: number },
): Promise<string> {
  const { 'MS-RequestId': _, ...headers } = clientHeaders(await service.token());
  const accepted = await exchange(
    {
      port: service.port,
      method: 'POST',
      path: `/v1/customers/${service.credentials.customerId}/deviceBatches`,
      headers: { ...headers, 'Content-Type': 'application/json' },
    },
    JSON.stringify({ batchId: upload.seed, devices: uploadDevices(upload.seed, upload.devices) }),
  );
  await withClient(databaseUrl, waitForJobs);
  return `/v1${requireStatus(accepted, 202).location}`;
}
