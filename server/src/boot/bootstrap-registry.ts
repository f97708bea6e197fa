import { randomUUID } from 'node:crypto';
import { digestSecret, newRandomSecret } from '../authority/random-secret.ts';
import type { SlowHasher } from '../authority/slow-hash.ts';
import { hasAdministrator, insertAdministrator } from '../store/access/administrators.ts';
import { insertApplicationSecret } from '../store/access/application-secrets.ts';
import { insertApplication } from '../store/access/applications.ts';
import { insertUser } from '../store/access/users.ts';
import { insertCustomer } from '../store/registry/customers.ts';
import type { Database, Db } from '../store/database.ts';
import { hasPartner, insertPartner, lockBootstrap } from '../store/registry/partners.ts';

/** The first credentials of a new registry. The secret exists nowhere else. */
export interface FirstAccess {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly customerId: string;
}

/** The first person who can sign in to the console. The password exists nowhere else. */
export interface FirstUser {
  readonly userName: string;
  readonly password: string;
}

/** The first administrator. The secret exists nowhere else. */
export interface FirstAdministrator {
  readonly administrator: string;
  readonly secret: string;
}

/** What this start created: nothing in a registry that was used before. */
export interface Bootstrap {
  readonly access: FirstAccess | undefined;
  readonly user: FirstUser | undefined;
  readonly administrator: FirstAdministrator | undefined;
}

export interface BootstrapOptions {
  readonly now: Date;
  readonly hasher: SlowHasher;
  readonly isAdminSecretSet: boolean;
  /**
   * Stores the secrets. It is called before anything is committed: a start that ends in between leaves a registry
   * that has still to be bootstrapped, and never one whose secrets nobody knows.
   */
  readonly keep: (bootstrap: Bootstrap) => Promise<void>;
}

/**
 * Gives an unused database its first partner, application and customer, all with new random IDs, and its first
 * administrator, unless a setting provides one. If several nodes start together, one of them does it.
 */
export async function bootstrapRegistry(db: Database, options: BootstrapOptions): Promise<Bootstrap> {
  const isAdministered = options.isAdminSecretSet || (await hasAdministrator(db));
  if (isAdministered && (await hasPartner(db)))
    return { access: undefined, user: undefined, administrator: undefined };
  return db.transaction(async (tx) => {
    await lockBootstrap(tx);
    const { access, user } = (await hasPartner(tx)) ? noFirst : await createFirstPartner(tx, options);
    const needsAdministrator = !options.isAdminSecretSet && !(await hasAdministrator(tx));
    const administrator = needsAdministrator ? await createFirstAdministrator(tx, options.now) : undefined;
    const made = { access, user, administrator };
    await options.keep(made);
    return made;
  });
}

const noFirst = { access: undefined, user: undefined };

async function createFirstPartner(
  tx: Db,
  { now, hasher }: { now: Date; hasher: SlowHasher },
): Promise<{ access: FirstAccess; user: FirstUser }> {
  const access = {
    tenantId: randomUUID(),
    clientId: randomUUID(),
    clientSecret: newRandomSecret(),
    customerId: randomUUID(),
  };
  const { tenantId: partnerId, clientId, customerId } = access;
  const domainName = `partner-${partnerId.slice(0, 8)}.onmicrosoft.com`;
  const user = { userName: `admin@${domainName}`, password: newRandomSecret() };
  const [secretHash, passwordHash] = await Promise.all([
    hasher.hash(access.clientSecret),
    hasher.hash(user.password),
  ]);
  await insertPartner(tx, {
    partnerId,
    name: 'Partner',
    domainName,
  });
  await insertApplication(tx, {
    clientId,
    partnerId,
    name: 'Muster first application',
    roles: ['AdminAgents'],
    isPublic: false,
    redirectUris: [],
  });
  await insertApplicationSecret(tx, {
    secretId: randomUUID(),
    clientId,
    secretHash,
    createdAt: now,
    expiresAt: undefined,
    secretsMax: 1,
  });
  await insertUser(tx, {
    userId: randomUUID(),
    partnerId,
    userPrincipalName: user.userName,
    displayName: 'First user',
    passwordHash,
    roles: ['AdminAgents'],
    isEnabled: true,
    requiresMfa: false,
  });
  await insertCustomer(tx, {
    customerId,
    partnerId,
    companyName: 'Contoso',
    domainName: `contoso-${customerId.slice(0, 8)}.onmicrosoft.com`,
  });
  return { access, user };
}

async function createFirstAdministrator(tx: Db, now: Date): Promise<FirstAdministrator> {
  const made = { administrator: 'first administrator', secret: newRandomSecret() };
  await insertAdministrator(tx, {
    administratorId: randomUUID(),
    name: made.administrator,
    secretDigest: digestSecret(made.secret),
    createdAt: now,
  });
  return made;
}
