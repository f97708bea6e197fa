import type { CallHooks } from '../call-hooks.ts';
import { checkBaseUrl } from '../partner.ts';
import { defaultRetryPolicy, type RetryPolicy } from '../retry.ts';
import { systemRuntime, type Runtime } from '../runtime.ts';
import { Transport } from '../transport.ts';
import { AdminClient } from './admin-client.ts';
import { Administrators } from './administrators.ts';
import { AdminApplicationSecrets } from './application-secrets.ts';
import { AdminApplications } from './applications.ts';
import { AdminCustomers } from './customers.ts';
import { AdminPartners } from './partners.ts';
import { AdminSigningKeys } from './signing-keys.ts';
import { AdminUsers } from './users.ts';

export interface AdministrationOptions extends CallHooks {
  /** The service's URL, without `/admin/v1`. */
  readonly baseUrl: string;
  /** An administrator's secret, as in the service's `admin-credentials.json`. */
  readonly secret: string;
  /** The language of the service's answers. Default: `en-US`. */
  readonly locale?: string | undefined;
  /** Sent as MS-PartnerCenter-Application. Default: not sent. */
  readonly applicationName?: string | undefined;
  /** For each try of a call. Default: 100,000. */
  readonly timeoutMs?: number | undefined;
  /** For calls that read. Calls that change something are sent once, because a second one might do it twice. */
  readonly retry?: Partial<RetryPolicy> | undefined;
  /** The MS-CorrelationId of all calls of this object. Default: a new GUID. */
  readonly correlationId?: string | undefined;
  /** Default: the platform's own. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** For tests. */
  readonly runtime?: Runtime | undefined;
}

/** An administrator's view of a Muster service: Muster's own API, which Partner Center does not have. */
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
  const runtime = options.runtime ?? systemRuntime;
  const retry = { ...defaultRetryPolicy, ...options.retry };
  const shared = {
    baseUrl: checkBaseUrl(options.baseUrl),
    apiPath: '/admin/v1',
    // The secret is the bearer token itself: when it is refused, there is no other to try.
    tokens: { get: () => Promise.resolve(options.secret), reject: () => false },
    fetch: options.fetch ?? globalThis.fetch,
    runtime,
    timeoutMs: options.timeoutMs ?? 100_000,
    correlationId: options.correlationId ?? crypto.randomUUID(),
    locale: options.locale ?? 'en-US',
    applicationName: options.applicationName,
    hooks: options,
  };
  const client = new AdminClient({
    read: new Transport({ ...shared, retry }),
    change: new Transport({ ...shared, retry: { ...retry, triesMax: 1 } }),
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
