import type { CallHooks } from './call-hooks.ts';
import { clouds, type CloudName } from './clouds.ts';
import { TokenSource, type TokenCredential } from './credentials/token-source.ts';
import { Audit } from './muster/audit.ts';
import { RegisteredDevices } from './muster/registered-devices.ts';
import { HardwareHashes } from './muster/hardware-hashes.ts';
import { Events } from './muster/events.ts';
import { Jobs } from './muster/jobs.ts';
import { Webhooks } from './muster/webhooks.ts';
import { Removals } from './muster/removals.ts';
import { Customers } from './resources/customers.ts';
import { Endpoint } from './resources/endpoint.ts';
import { Profiles } from './resources/profiles.ts';
import { defaultRetryPolicy, type RetryPolicy } from './retry.ts';
import { systemRuntime, type Runtime } from './runtime.ts';
import { Transport, type Call, type CallResult, type TransportOptions } from './transport.ts';

/** How calls are sent. */
export interface ConnectionOptions extends CallHooks {
  /** The language of the service's messages. Default: `en-US`. */
  readonly locale?: string | undefined;
  /** Sent as MS-PartnerCenter-Application. Default: not sent. */
  readonly applicationName?: string | undefined;
  /** Per attempt of a call. Default: 100,000. */
  readonly timeoutMs?: number | undefined;
  /** For administration, this applies to calls that read. Calls that change something are sent once, so that nothing is done twice. */
  readonly retry?: Partial<RetryPolicy> | undefined;
  /** The MS-CorrelationId of all calls of this object. Default: a new GUID. */
  readonly correlationId?: string | undefined;
  /** Default: that of the platform. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** For tests. */
  readonly runtime?: Runtime | undefined;
}

export interface PartnerOptions extends ConnectionOptions {
  readonly credentials: TokenCredential;
  /** Where the API is, without `/v1`: a Muster server, for example. Default: the cloud's. */
  readonly baseUrl?: string | undefined;
  /** Default: `global`. */
  readonly cloud?: CloudName | undefined;
  /** The scopes for which tokens are requested. Default: those of the cloud. */
  readonly scopes?: readonly string[] | undefined;
}

/** The operations of a partner in Partner Center or Muster. */
export interface Partner {
  readonly customers: Customers;
  readonly profiles: Profiles;
  /** Muster only: registered devices of all customers. */
  readonly devices: RegisteredDevices;
  /** Muster only: jobs of all customers. */
  readonly jobs: Jobs;
  /** Muster only: what happened, as a list or as it happens. */
  readonly events: Events;
  /** Muster only: endpoints that are told of events. */
  readonly webhooks: Webhooks;
  /** Muster only: who changed what. */
  readonly audit: Audit;
  /** Muster only: devices are removed by the job that registered them, by batch, or many by their ids. */
  readonly removals: Removals;
  /** Muster only: hardware hashes, decoded. */
  readonly hardwareHashes: HardwareHashes;
  /** The MS-CorrelationId of all calls of this object. */
  readonly correlationId: string;
  /**
   * Makes any call of the API, with the SDK's headers, token, retries, and errors, for operations that have no method. Paths are
   * relative to `/v1`; those that start with `/muster/v1/` belong to Muster's own API.
   */
  send(call: Call): Promise<CallResult>;
}

/** Where Muster's own API is. */
const musterPath = '/muster/v1';

/** Returns the entry to all operations. Sends nothing yet: the first call requests a token. */
export function connectPartner(options: PartnerOptions): Partner {
  const cloud = clouds[options.cloud ?? 'global'];
  const connection = completeConnection(options);
  const { runtime, correlationId } = connection;
  const service = {
    ...connection,
    baseUrl: checkBaseUrl(options.baseUrl ?? cloud.baseUrl),
    tokens: new TokenSource(options.credentials, options.scopes ?? scopesOf(options), runtime),
  };
  const transport = new Transport(service);
  const root = new Endpoint(transport);
  const musterTransport = new Transport({ ...service, apiPath: musterPath });
  const musterRoot = new Endpoint(musterTransport);
  return {
    customers: new Customers(root),
    profiles: new Profiles(root),
    devices: new RegisteredDevices(musterRoot),
    jobs: new Jobs(musterRoot),
    events: new Events(musterRoot),
    webhooks: new Webhooks(musterRoot),
    audit: new Audit(musterRoot),
    removals: new Removals(musterRoot),
    hardwareHashes: new HardwareHashes(musterRoot),
    correlationId,
    send: (call) =>
      call.path.startsWith(`${musterPath}/`)
        ? musterTransport.send({ ...call, path: call.path.slice(musterPath.length) })
        : transport.send(call),
  };
}

/** The options of a transport, with the defaults. */
export function completeConnection(options: ConnectionOptions): Omit<TransportOptions, 'baseUrl' | 'tokens'> {
  return {
    fetch: options.fetch ?? globalThis.fetch,
    retry: { ...defaultRetryPolicy, ...options.retry },
    runtime: options.runtime ?? systemRuntime,
    timeoutMs: options.timeoutMs ?? 100_000,
    correlationId: options.correlationId ?? crypto.randomUUID(),
    locale: options.locale ?? 'en-US',
    applicationName: options.applicationName,
    hooks: options,
  };
}

/** Those of the specified cloud, or of the cloud with the given base URL. */
function scopesOf({ cloud, baseUrl }: PartnerOptions): readonly string[] {
  const address = baseUrl?.replace(/\/+$/, '');
  const addressed = Object.values(clouds).find((known) => known.baseUrl === address);
  return ((cloud && clouds[cloud]) ?? addressed ?? clouds.global).scopes;
}

/** Throws a `TypeError` for anything but an http or https URL. */
export function checkBaseUrl(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new TypeError(`The base URL must be an http or https address: "${baseUrl}" is none.`);
  return baseUrl;
}
