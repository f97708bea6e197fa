import { checkBaseUrl, completeConnection, type ConnectionOptions } from '../partner.ts';
import { Transport } from '../transport.ts';
import { AdminClient } from './admin-client.ts';
import {
  AdminApplications,
  AdminApplicationSecrets,
  AdminCustomers,
  Administrators,
  AdminPartners,
  AdminSigningKeys,
  AdminUsers,
} from './admin-resources.ts';

export interface AdministrationOptions extends ConnectionOptions {
  /** The service's URL, without `/admin/v1`. */
  readonly baseUrl: string;
  /** An administrator's secret, as in the service's `admin-credentials.json`. */
  readonly secret: string;
}

/** The administration of a Muster service. This API is Muster's own: Partner Center does not have it. */
export interface Administration {
  readonly partners: AdminPartners;
  readonly applications: AdminApplications;
  readonly applicationSecrets: AdminApplicationSecrets;
  readonly users: AdminUsers;
  readonly customers: AdminCustomers;
  readonly signingKeys: AdminSigningKeys;
  readonly administrators: Administrators;
}

/** Returns the entry to all administration operations. Sends nothing yet. */
export function connectAdministration(options: AdministrationOptions): Administration {
  const shared = {
    ...completeConnection(options),
    baseUrl: checkBaseUrl(options.baseUrl),
    apiPath: '/admin/v1',
    // The secret is the bearer token itself: if it is refused, there is no other one to use.
    tokens: { get: () => Promise.resolve(options.secret), reject: () => false },
  };
  const client = new AdminClient({
    read: new Transport(shared),
    change: new Transport({ ...shared, retry: { ...shared.retry, triesMax: 1 } }),
  });
  return {
    partners: new AdminPartners(client),
    applications: new AdminApplications(client),
    applicationSecrets: new AdminApplicationSecrets(client),
    users: new AdminUsers(client),
    customers: new AdminCustomers(client),
    signingKeys: new AdminSigningKeys(client),
    administrators: new Administrators(client),
  };
}
