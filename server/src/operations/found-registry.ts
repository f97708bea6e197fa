import { randomUUID } from 'node:crypto';
import { hashClientSecret, newClientSecret } from '../authority/client-secret.ts';
import type { Database } from '../store/database.ts';
import { insertCustomer } from '../store/customers.ts';
import { hasPartner, insertApplication, insertApplicationSecret, insertPartner } from '../store/partners.ts';

/** The first way into a new registry. The secret exists nowhere else. */
export interface FirstAccess {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly customerId: string;
}

/**
 * Gives a database that was never used its first partner, application and customer, all with new random ids.
 * Undefined when there is a partner already.
 */
export async function foundRegistry(db: Database): Promise<FirstAccess | undefined> {
  if (await hasPartner(db)) return undefined;
  const access = {
    tenantId: randomUUID(),
    clientId: randomUUID(),
    clientSecret: newClientSecret(),
    customerId: randomUUID(),
  };
  const secretHash = await hashClientSecret(access.clientSecret);
  await db.transaction(async (tx) => {
    const { tenantId: partnerId, clientId, customerId } = access;
    await insertPartner(tx, {
      partnerId,
      name: 'Partner',
      domainName: `partner-${partnerId.slice(0, 8)}.onmicrosoft.com`,
    });
    await insertApplication(tx, {
      clientId,
      partnerId,
      name: 'Muster first application',
      roles: ['AdminAgents'],
    });
    await insertApplicationSecret(tx, { applicationSecretId: randomUUID(), clientId, secretHash });
    await insertCustomer(tx, {
      customerId,
      partnerId,
      companyName: 'Contoso',
      domainName: `contoso-${customerId.slice(0, 8)}.onmicrosoft.com`,
    });
  });
  return access;
}
