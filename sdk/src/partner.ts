import type { CallHooks } from './call-hooks.ts';
import { clouds, type CloudName } from './clouds.ts';
import { TokenSource, type TokenCredential } from './credentials/token-source.ts';
import { Customers } from './resources/customers.ts';
import { Endpoint } from './resources/endpoint.ts';
import { Profiles } from './resources/profiles.ts';
import { defaultRetryPolicy, type RetryPolicy } from './retry.ts';
import { systemRuntime, type Runtime } from './runtime.ts';
import { Transport, type Call, type CallResult } from './transport.ts';

export interface PartnerOptions extends CallHooks {
  readonly credentials: TokenCredential;
  /** Where the API is, without `/v1`: a Muster server, for example. Default: the cloud's. */
  readonly baseUrl?: string | undefined;
  /** Default: `global`. */
  readonly cloud?: CloudName | undefined;
  /** What tokens are asked for. Default: the cloud's. */
  readonly scopes?: readonly string[] | undefined;
  /** The language of the service's answers. Default: `en-US`. */
  readonly locale?: string | undefined;
  /** Goes out as MS-PartnerCenter-Application. Default: not sent. */
  readonly applicationName?: string | undefined;
  /** For each try of a call. Default: 100,000. */
  readonly timeoutMs?: number | undefined;
  readonly retry?: Partial<RetryPolicy> | undefined;
  /** The MS-CorrelationId of all calls of this object. Default: a new GUID. */
  readonly correlationId?: string | undefined;
  /** Default: the platform's own. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** For tests. */
  readonly runtime?: Runtime | undefined;
}

/** A partner's view of Partner Center or Muster. */
export interface Partner {
  readonly customers: Customers;
  readonly profiles: Profiles;
  /** The MS-CorrelationId of all calls of this object. */
  readonly correlationId: string;
  /** Any call of the API, for what the SDK has no method for: with its headers, token, retries and errors. */
  send(call: Call): Promise<CallResult>;
}

/** Makes the entry to all operations. Sends nothing yet: the first call asks for a token. */
export function connectPartner(options: PartnerOptions): Partner {
  const cloud = clouds[options.cloud ?? 'global'];
  const runtime = options.runtime ?? systemRuntime;
  const correlationId = options.correlationId ?? crypto.randomUUID();
  const transport = new Transport({
    baseUrl: checkBaseUrl(options.baseUrl ?? cloud.baseUrl),
    tokens: new TokenSource(options.credentials, options.scopes ?? scopesOf(options), runtime),
    fetch: options.fetch ?? globalThis.fetch,
    retry: { ...defaultRetryPolicy, ...options.retry },
    runtime,
    timeoutMs: options.timeoutMs ?? 100_000,
    correlationId,
    locale: options.locale ?? 'en-US',
    applicationName: options.applicationName,
    hooks: options,
  });
  const root = new Endpoint(transport);
  return {
    customers: new Customers(root),
    profiles: new Profiles(root),
    correlationId,
    send: (call) => transport.send(call),
  };
}

/** Those of the cloud that is named, or of the one whose base URL is given. */
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
