import assert from 'node:assert/strict';
import { exampleValues } from '@muster/contract/openapi/examples';
import { makePartner, postForm, type AdministeredMuster } from '../support/administrator.ts';
import { newCustomerId } from '../support/muster.ts';

/** What to put in the place of the document's example values, so that a request means something real. */
export type Replacements = readonly (readonly [example: string, real: string])[];

let worldsMade = 0;

/** A customer with a batch, a policy, and what else the examples speak of. The etag of a new policy is the example's. */
export async function newExampleWorld(
  muster: AdministeredMuster,
  options: {
    readonly batchId: string;
    readonly devices: number;
    readonly uploads?: number;
    readonly things?: Replacements;
  },
): Promise<Replacements> {
  worldsMade += 1;
  const customerId = newCustomerId();
  const customer = `/v1/customers/${customerId}`;
  const world = String(worldsMade);
  const { batchId } = options;
  const devices = newDevices(world, options.devices);
  const upload = await muster.call('POST', `${customer}/deviceBatches`, { body: { batchId, devices } });
  const job = await muster.finished(upload.headers.get('location') ?? '');
  const path = `${customer}/deviceBatches/${encodeURIComponent(batchId)}/devices`;
  for (let more = 1; more < (options.uploads ?? 1); more += 1) {
    const again = await muster.call('POST', path, { body: devices });
    await muster.finished(again.headers.get('location') ?? '');
  }
  const policy = await readJson(
    await muster.call('POST', `${customer}/policies`, { body: { name: `Kiosk ${world}` } }),
  );
  return [
    ...(options.things ?? []),
    [exampleValues.customerId, customerId],
    [exampleValues.trackingId, job.batchTrackingId],
    [exampleValues.deviceId, String(job.devicesStatus[0]?.deviceId)],
    [exampleValues.policyId, String(policy.id)],
    // Examples are replayed for one customer after the other: a device belongs to one of them.
    ['R9-ZNP67', `R9-${world}`],
    ['0123456789012', world.padStart(13, '0')],
  ];
}

function newDevices(world: string, length: number): object[] {
  return Array.from({ length }, (_, number) => ({
    serialNumber: `EX-${world}-${number}`,
    oemManufacturerName: 'Contoso',
    modelName: 'Book 3',
  }));
}

/** The partner's only webhook endpoint, and an event that is sent to it: a partner can have few. */
export async function newExampleEndpoint(muster: AdministeredMuster): Promise<Replacements> {
  const path = '/muster/v1/webhookEndpoints';
  const { items } = await readJson(await muster.call('GET', path));
  for (const { endpointId } of items as { endpointId: string }[])
    await muster.call('DELETE', `${path}/${endpointId}`);
  const url = 'https://hooks.fabrikam.example/muster';
  const { endpointId } = await readJson(await muster.call('POST', path, { body: { url } }));
  // A second page to ask for.
  await muster.call('POST', `${path}/${String(endpointId)}/ping`);
  const ping = await muster.call('POST', `${path}/${String(endpointId)}/ping`);
  const { eventId } = (await ping.json()) as { eventId: string };
  return [
    [exampleValues.endpointId, String(endpointId)],
    [exampleValues.eventId, eventId],
  ];
}

/** The token of the first page of a list that has a second one. */
export async function findContinuationToken(
  muster: AdministeredMuster,
  operationId: string,
  replacements: Replacements,
): Promise<string> {
  const [[, customerId] = ['', '']] = replacements;
  const path =
    operationId === 'listCustomers'
      ? '/v1/customers?size=1'
      : `/v1/customers/${customerId}/deviceBatches/${encodeURIComponent(exampleValues.batchId)}/devices`;
  const page = await readJson(await muster.call('GET', path));
  assert.equal(typeof page.continuationToken, 'string');
  return String(page.continuationToken);
}

/** The cursor of the first page of a list of Muster's own API that has a second one. */
export async function findCursor(
  muster: AdministeredMuster,
  path: string,
  replacements: Replacements,
): Promise<string> {
  const real = replacements.reduce((result, [example, value]) => result.replaceAll(example, value), path);
  const page = await readJson(await muster.call('GET', `${real}?limit=1`));
  assert.equal(typeof page.nextCursor, 'string');
  return String(page.nextCursor);
}

/** An application and a user of another partner, for the examples of the token endpoints. */
export async function newSignIn(muster: AdministeredMuster): Promise<Replacements> {
  const { partnerId, confidential, user } = await makePartner(muster);
  const { body } = await postForm(muster, `${partnerId}/oauth2/v2.0/token`, {
    grant_type: 'password',
    client_id: confidential.clientId,
    client_secret: confidential.clientSecret,
    username: user.userPrincipalName,
    password: user.password,
    scope: 'offline_access https://api.partnercenter.microsoft.com/user_impersonation',
  });
  return [
    [exampleValues.tenantId, partnerId],
    [exampleValues.clientId, confidential.clientId],
    [exampleValues.clientSecret, confidential.clientSecret],
    [exampleValues.userName, user.userPrincipalName],
    [exampleValues.password, user.password],
    [exampleValues.refreshToken, String(body.refresh_token)],
  ];
}

async function readJson(response: Response): Promise<Record<string, unknown>> {
  assert.equal(response.status, 200);
  return (await response.json()) as Record<string, unknown>;
}
