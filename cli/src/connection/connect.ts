import { parseGuid } from '@muster/contract/guid';
import type { Administration, Partner, TokenCredential } from '@muster/sdk';
import { authenticationError, usageError } from '../cli-error.ts';
import type { SharedInvocation, Values } from '../command.ts';
import type { Io } from '../io.ts';
import type { adminConnectionOptions, customerOption } from '../shared-options.ts';
import { createPatientFetch, createTracingFetch, type Exchange } from './observed-fetch.ts';
import {
  checkUrl,
  keepRefreshToken,
  readAdminCredentialsFile,
  readSettings,
  type ConnectionSettings,
} from './settings.ts';

/** A service and the identity that calls it. */
export interface Connection {
  readonly partner: Partner;
  readonly settings: ConnectionSettings;
  readonly baseUrl: string;
}

interface ConnectRequest extends SharedInvocation {
  /** Called after each exchange with the service. */
  readonly onExchange?: (exchange: Exchange) => void;
}

const applicationName = 'Muster CLI';

/** Makes the connection that a command line asks for. Sends nothing yet. */
export async function connect(request: ConnectRequest, io: Io): Promise<Connection> {
  const settings = await readSettings(request.values, io);
  const sdk = await import('@muster/sdk');
  const cloud = settings.cloud && sdk.clouds[settings.cloud];
  const baseUrl = cloud?.baseUrl ?? settings.baseUrl;
  if (baseUrl === undefined) throw authenticationError('noConnection');
  const authority = cloud?.authority ?? settings.authority ?? baseUrl;
  const patient = request.values.quiet ? io.fetch : createPatientFetch(io, request.say);
  const fetch = observe(patient, request, io);
  const partner = sdk.connectPartner({
    credentials: await createCredential({ ...settings, authority }, io, fetch),
    baseUrl,
    cloud: settings.cloud,
    locale: request.locale,
    applicationName,
    fetch,
    // `customers list` shows which customers were claimed.
    onCustomerClaimed: () => undefined,
  });
  return { partner, settings, baseUrl };
}

interface AdminRequest extends SharedInvocation {
  readonly values: SharedInvocation['values'] & Values<typeof adminConnectionOptions>;
}

/** Connects as an administrator. Sends nothing yet. Calls are not retried, because a person is waiting. */
export async function connectAdmin(request: AdminRequest, io: Io): Promise<Administration> {
  const { values, locale } = request;
  const { environment } = io;
  const file = values['admin-credentials'] ?? environment.adminCredentialsFile;
  const stored = file === undefined ? undefined : await readAdminCredentialsFile(file, io);
  const baseUrl = values.url ?? environment.url ?? stored?.baseUrl;
  const secret = environment.adminSecret ?? stored?.secret;
  if (baseUrl === undefined || secret === undefined) throw authenticationError('noAdminConnection');
  checkUrl('--url', baseUrl);
  const sdk = await import('@muster/sdk');
  const interruptible: typeof fetch = (input, init) => {
    const signal = init?.signal ? AbortSignal.any([init.signal, io.interruption]) : io.interruption;
    return io.fetch(input, { ...init, signal });
  };
  const options = { baseUrl, secret, locale, applicationName, fetch: observe(interruptible, request, io) };
  return sdk.connectAdministration({ ...options, retry: { triesMax: 1 } });
}

/** A `fetch` that reports each exchange to its observer. `--debug` prints a line for each. */
function observe(
  fetch: typeof globalThis.fetch,
  { values, onExchange }: ConnectRequest,
  io: Io,
): typeof fetch {
  if (!values.debug && !onExchange) return fetch;
  const report = (exchange: Exchange) => {
    if (values.debug) void io.stderr.write(`${describeExchange(exchange)}\n`);
    onExchange?.(exchange);
  };
  return createTracingFetch(fetch, report, io.now);
}

function describeExchange({ request, answer, durationMs }: Exchange): string {
  const requestId = request.headers['ms-requestid'];
  const id = requestId === undefined ? '' : ` MS-RequestId ${requestId}`;
  return `${request.method} ${request.url} -> ${answer.status} in ${durationMs} ms${id}`;
}

interface CredentialSettings extends ConnectionSettings {
  readonly authority: string;
}

const credentialMembers = {
  tenantId: { flag: '--tenant-id', variable: 'MUSTER_TENANT_ID' },
  clientId: { flag: '--client-id', variable: 'MUSTER_CLIENT_ID' },
  clientSecret: { flag: '--client-secret', variable: 'MUSTER_CLIENT_SECRET' },
} as const;

/** The identity that calls: a user who has logged in, by refresh token, or the application, by its secret. */
async function createCredential(
  settings: CredentialSettings,
  io: Io,
  fetch: typeof globalThis.fetch,
): Promise<TokenCredential> {
  const sdk = await import('@muster/sdk');
  const { authority, tenantId, clientId, clientSecret, refreshToken, isLogin = false } = settings;
  if (tenantId !== undefined && clientId !== undefined) {
    const application = { authority, tenantId, clientId, fetch };
    if (refreshToken !== undefined) {
      const onRefreshToken = (token: string) => keepRefreshToken(isLogin, token, io);
      return sdk.refreshTokenCredential({ ...application, clientSecret, refreshToken, onRefreshToken });
    }
    if (clientSecret !== undefined) return sdk.clientSecretCredential({ ...application, clientSecret });
  }
  const missing = Object.entries(credentialMembers).filter(
    ([member]) => settings[member as keyof typeof credentialMembers] === undefined,
  );
  throw authenticationError('connectionIncomplete', {
    names: missing.map(([member]) => member).join(', '),
    flags: missing.map(([, { flag }]) => flag).join(', '),
    variables: missing.map(([, { variable }]) => variable).join(', '),
  });
}

/** The customer named by the command line, the environment or the credentials, in this order. Throws when there is none. */
export function chooseCustomer(values: Values<typeof customerOption>, settings: ConnectionSettings): string {
  const customerId = values.customer ?? settings.customerId;
  if (customerId === undefined) throw usageError('missingCustomer');
  if (parseGuid(customerId) === undefined)
    throw usageError('badGuid', { name: '--customer', value: customerId });
  return customerId;
}
