import { parseGuid } from '@muster/contract/guid';
import type { Partner } from '@muster/sdk';
import { authenticationError, usageError } from '../cli-error.ts';
import type { SharedInvocation, Values } from '../command.ts';
import type { Io } from '../io.ts';
import { createCredential } from './create-credential.ts';
import type { customerOption } from './connection-options.ts';
import { createPatientFetch } from './patient-fetch.ts';
import { readSettings, type ConnectionSettings } from './read-settings.ts';
import { createTracingFetch, type Exchange } from './tracing-fetch.ts';

/** A service and who calls it. */
export interface Connection {
  readonly partner: Partner;
  readonly settings: ConnectionSettings;
  readonly baseUrl: string;
}

interface ConnectRequest extends SharedInvocation {
  /** Told each exchange with the service. */
  readonly onExchange?: (exchange: Exchange) => void;
}

/** Makes the connection a command line asks for. Sends nothing yet. */
export async function connect(request: ConnectRequest, io: Io): Promise<Connection> {
  const settings = await readSettings(request.values, io);
  const sdk = await import('@muster/sdk');
  const cloud = settings.cloud && sdk.clouds[settings.cloud];
  const baseUrl = cloud?.baseUrl ?? settings.baseUrl;
  if (baseUrl === undefined) throw authenticationError('noConnection');
  const authority = cloud?.authority ?? settings.authority ?? baseUrl;
  const fetch = chooseFetch(request, io);
  const partner = sdk.connectPartner({
    credentials: await createCredential({ ...settings, authority }, io, fetch),
    baseUrl,
    cloud: settings.cloud,
    locale: request.locale,
    applicationName: 'Muster CLI',
    fetch,
  });
  return { partner, settings, baseUrl };
}

function chooseFetch({ values, say, onExchange }: ConnectRequest, io: Io): typeof fetch {
  const fetch = values.quiet ? io.fetch : createPatientFetch(io, say);
  if (!values.debug && !onExchange) return fetch;
  const tell = (exchange: Exchange) => {
    if (values.debug) void io.stderr.write(`${describeExchange(exchange)}\n`);
    onExchange?.(exchange);
  };
  return createTracingFetch(fetch, tell, io.now);
}

function describeExchange({ request, answer, durationMs }: Exchange): string {
  const requestId = request.headers['ms-requestid'];
  const id = requestId === undefined ? '' : ` MS-RequestId ${requestId}`;
  return `${request.method} ${request.url} -> ${answer.status} in ${durationMs} ms${id}`;
}

/** The customer of the command line, else of the environment or the credentials. Throws when there is none. */
export function chooseCustomer(values: Values<typeof customerOption>, settings: ConnectionSettings): string {
  const customerId = values.customer ?? settings.customerId;
  if (customerId === undefined) throw usageError('missingCustomer');
  if (parseGuid(customerId) === undefined)
    throw usageError('badGuid', { name: '--customer', value: customerId });
  return customerId;
}
