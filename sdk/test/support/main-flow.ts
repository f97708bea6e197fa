import type * as Sdk from '../../src/index.ts';

/** What the flow is told. */
export interface FlowSurroundings {
  readonly url: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly customerId: string;
}

/**
 * The SDK's main flow, for any runtime: signs in, uploads, waits, lists over more than a page, and is refused. It runs
 * elsewhere from its text, so it uses nothing but its parameters and what every runtime has.
 */
export async function mainFlow(sdk: typeof Sdk, surroundings: FlowSurroundings): Promise<object> {
  const { url, customerId, tenantId, clientId, clientSecret } = surroundings;
  const credentials = sdk.clientSecretCredential({ authority: url, tenantId, clientId, clientSecret });
  const partner = sdk.connectPartner({ baseUrl: url, credentials, retry: { triesMax: 2 } });
  const customer = partner.customers.byId(customerId);
  const devices = Array.from({ length: 150 }, (_, index) => ({ productKey: `${customerId}-${index}` }));

  const upload = customer.deviceBatches.upload(devices, { batchId: 'Büro 2026/#1' });
  const uploaded = await upload.finish();
  const again = await customer.deviceBatches.byId('Büro 2026/#1').devices.create(devices.slice(0, 2));
  const waited = await customer.batchUploadStatus.byId(again.trackingId).wait();
  const batch = customer.deviceBatches.byId('Büro 2026/#1');
  const listed = await batch.devices.list().toArray();
  const refusal: unknown = await customer.batchUploadStatus
    .byId('8e4c622d-715a-464f-ab0c-cf203100edc4')
    .get()
    .catch((error: unknown) => error);
  const isNotFound = refusal instanceof sdk.NotFoundError;
  return {
    succeeded: uploaded.succeeded,
    codes: waited.devicesStatus.map((device) => device.errorCode),
    listed: new Set(listed.map((device) => device.id)).size,
    refusal: isNotFound && [refusal.status, refusal.requestId !== '', refusal.description !== ''],
  };
}

/** What it gives everywhere. */
export const mainFlowResult = {
  succeeded: 150,
  codes: ['806', '806'],
  listed: 150,
  refusal: [404, true, true],
};
