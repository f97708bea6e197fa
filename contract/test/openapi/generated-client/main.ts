// What a user of a generated client writes. The test puts the types that it generates beside a copy of this file.
import createClient from 'openapi-fetch';
import type { components, paths } from './paths.ts';

export interface Service {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly customerId: string;
}

type Job = components['schemas']['BatchUploadDetails'];

/** Registers two devices, one of them with a policy, waits for the job, and takes the policy away. */
export async function registerDevices(service: Service) {
  const client = await signIn(service);
  const customer = { customerId: service.customerId };
  const batch = { ...customer, batchId: 'Generated client' };

  const policy = await client.POST('/v1/customers/{customerId}/policies', {
    params: { path: customer },
    body: { name: 'Kiosk', category: 'o_o_b_e', policySettings: ['skip_eula'] },
  });
  if (!policy.data) throw new Error(JSON.stringify(policy.error));

  const device = { oemManufacturerName: 'Contoso', modelName: 'Book 3' };
  const created = await client.POST('/v1/customers/{customerId}/deviceBatches', {
    params: { path: customer },
    body: {
      batchId: batch.batchId,
      devices: [
        { ...device, serialNumber: 'G1', policies: [{ key: 'o_o_b_e', value: policy.data.id }] },
        { ...device, serialNumber: 'G2' },
      ],
    },
  });
  const location = created.response.headers.get('location') ?? '';
  const job = await waitForJob(client, customer, location.split('/').at(-1) ?? '');

  const updated = await client.PUT('/v1/customers/{customerId}/deviceBatches/{batchId}/devices/{deviceId}', {
    params: { path: { ...batch, deviceId: job.devicesStatus[0]?.deviceId ?? '' } },
    body: { policies: [{ key: 'o_o_b_e', value: null }] },
  });
  const listed = await client.GET('/v1/customers/{customerId}/deviceBatches/{batchId}/devices', {
    params: { path: batch },
  });
  const repeated = await client.POST('/v1/customers/{customerId}/deviceBatches', {
    params: { path: customer },
    body: { batchId: batch.batchId, devices: [device] },
  });
  return { location, job, updated: updated.data, listed: listed.data, fault: repeated.error };
}

async function signIn({ url, clientId, clientSecret }: Service) {
  const anonymous = createClient<paths>({ baseUrl: url });
  const { data } = await anonymous.POST('/{tenant}/oauth2/v2.0/token', {
    params: { path: { tenant: 'organizations' } },
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: 'https://api.partnercenter.microsoft.com/.default',
    },
  });
  if (!data) throw new Error('No token.');
  return createClient<paths>({ baseUrl: url, headers: { Authorization: `Bearer ${data.access_token}` } });
}

async function waitForJob(
  client: Awaited<ReturnType<typeof signIn>>,
  customer: { customerId: string },
  trackingId: string,
): Promise<Job> {
  for (;;) {
    const { data, error } = await client.GET('/v1/customers/{customerId}/batchJobStatus/{trackingId}', {
      params: { path: { ...customer, trackingId } },
    });
    if (!data) throw new Error(JSON.stringify(error));
    if (data.status === 'finished') return data;
  }
}

/** Mistakes that the generated types catch. Never called. */
export function mistakes(client: ReturnType<typeof createClient<paths>>, job: Job): void {
  const params = { path: { customerId: '' } };
  // @ts-expect-error: a batch has a batchId.
  void client.POST('/v1/customers/{customerId}/deviceBatches', { params, body: { devices: [] } });
  // @ts-expect-error: the path has a customer.
  void client.GET('/v1/customers/{customerId}/policies', {});
  // @ts-expect-error: there is no such status.
  job.status = 'done';
}
