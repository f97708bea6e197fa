import type { TestContext } from 'node:test';
import { newCustomerId, type TestMuster } from '../../../server/test/support/muster.ts';
import { clientSecretCredential, connectPartner, type PartnerOptions } from '../../src/index.ts';
import { briskRuntime } from './brisk-runtime.ts';
import { startFaultProxy, type FaultPlan } from './fault-proxy.ts';

/** A new customer of a real Muster, seen through a proxy that breaks what the plan says. */
export async function seeThroughFaults(
  t: TestContext,
  muster: TestMuster,
  plan: FaultPlan = () => undefined,
) {
  const proxy = await startFaultProxy(t, muster.url, plan);
  const customerId = newCustomerId();
  const connect = (options: Partial<PartnerOptions> = {}) =>
    connectPartner({
      baseUrl: proxy.url,
      credentials: clientSecretCredential(muster.credentials),
      runtime: briskRuntime(),
      retry: { triesMax: 30 },
      ...options,
    }).customers.byId(customerId);
  return { proxy, customerId, connect };
}

/** What a Muster has stored for a customer. */
export async function countStored(muster: TestMuster, customerId: string) {
  const { rows } = await muster.database.pool.query<{ devices: number; jobs: number; batches: number }>(
    `select (select count(*)::int from devices where customer_id = $1) as devices,
            (select count(*)::int from batch_jobs where customer_id = $1) as jobs,
            (select count(*)::int from device_batches where customer_id = $1) as batches`,
    [customerId],
  );
  return rows[0];
}
