import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { authenticationError, CliError, usageError } from '../cli-error.ts';
import type { Options, SharedInvocation, Values } from '../command.ts';
import type { Answer } from '@muster/sdk';
import type { Io } from '../io.ts';
import { translateFileFault } from '../open-file.ts';
import { createPatientFetch } from './patient-fetch.ts';

/** The options of every command that administers a registry. */
export const adminConnectionOptions = {
  'admin-credentials': {
    type: 'string',
    value: 'FILE',
    description: {
      'en-US': "The service's admin-credentials.json (MUSTER_ADMIN_CREDENTIALS)",
      'zh-TW': '服務的 admin-credentials.json（MUSTER_ADMIN_CREDENTIALS）',
    },
  },
  url: {
    type: 'string',
    value: 'URL',
    description: {
      'en-US':
        'Base URL of the service (MUSTER_URL); the secret then comes from MUSTER_ADMIN_SECRET or the file',
      'zh-TW': '服務的基底 URL（MUSTER_URL）；密碼取自 MUSTER_ADMIN_SECRET 或該檔案',
    },
  },
} as const satisfies Options;

type AdminValues = SharedInvocation['values'] & Values<typeof adminConnectionOptions>;

/** A request to the administration API: the path is below `/admin/v1`. */
export interface AdminRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}

type Sdk = typeof import('@muster/sdk');

/** Sends a request and gives the answer's JSON; undefined for an empty one. Throws what `describeFailure` can tell. */
export type AdminSend = (request: AdminRequest) => Promise<unknown>;

const timeoutMs = 60_000;

/** Connects as an administrator. Sends nothing yet. */
export async function connectAdmin(
  { values, say, locale }: SharedInvocation & { readonly values: AdminValues },
  io: Io,
): Promise<AdminSend> {
  const { baseUrl, secret } = await readAdminSettings(values, io);
  const fetch = values.quiet ? io.fetch : createPatientFetch(io, say);
  return async ({ method, path, body }) => {
    // Loaded only now, so that a command line that is wrong is answered at once.
    const sdk = await import('@muster/sdk');
    const init = {
      method,
      headers: {
        Authorization: `Bearer ${secret}`,
        Accept: 'application/json',
        'X-Locale': locale,
        ...(body && { 'Content-Type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    };
    const url = `${baseUrl}/admin/v1${path}`;
    const answer = await sdk.fetchOnce(url, init, { fetch, timeoutMs, signal: io.interruption });
    if (values.debug) await io.stderr.write(`${method} ${path} -> ${answer.status}\n`);
    const content = parse(answer.text);
    const isUsable = answer.text === '' || content !== undefined;
    if (answer.status >= 200 && answer.status < 300 && isUsable) return content;
    throw toFailure(sdk, answer, content);
  };
}

async function readAdminSettings(values: AdminValues, io: Io): Promise<{ baseUrl: string; secret: string }> {
  const { environment } = io;
  const file = values['admin-credentials'] ?? environment.adminCredentialsFile;
  const stored = file === undefined ? {} : await readStored(file, io);
  const baseUrl = values.url ?? environment.url ?? stored.baseUrl;
  const secret = environment.adminSecret ?? stored.secret;
  if (baseUrl === undefined || secret === undefined) throw authenticationError('noAdminConnection');
  if (!URL.canParse(baseUrl) || !/^https?:$/.test(new URL(baseUrl).protocol))
    throw usageError('badUrl', { name: '--url', value: baseUrl });
  return { baseUrl: baseUrl.replace(/\/+$/, ''), secret };
}

async function readStored(file: string, io: Io): Promise<{ baseUrl?: string; secret?: string }> {
  const text = await readFile(resolve(io.workingDirectory, file), 'utf8').catch((fault: unknown) => {
    throw translateFileFault(fault, file);
  });
  const content = parse(text) as { baseUrl?: unknown; secret?: unknown } | undefined;
  if (typeof content?.baseUrl !== 'string' || typeof content.secret !== 'string')
    throw new CliError('credentialsLack', { file, names: 'baseUrl, secret' });
  return { baseUrl: content.baseUrl, secret: content.secret };
}

function toFailure(sdk: Sdk, { status, headers }: Answer, body: unknown): Error {
  const fault = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const { code = status, description } = fault;
  const isExplained = typeof description === 'string';
  if (status === 401 && isExplained) return authenticationError('adminRefused', { description });
  const known = {
    status,
    code: String(code),
    description: isExplained ? description : '',
    isExplained,
    data: [],
    requestId: headers.get('ms-requestid') ?? '',
    correlationId: headers.get('ms-correlationid') ?? '',
    retryAfterMs: undefined,
    tries: 1,
    isAfterLostAnswer: false,
  };
  const contentType = headers.get('Content-Type')?.split(';')[0];
  if (status < 300) return new sdk.UnreadableResponseError({ ...known, contentType });
  return new (classOf(sdk, status))(known);
}

function classOf(sdk: Sdk, status: number) {
  if (status === 401) return sdk.UnauthorizedError;
  return status === 403 ? sdk.ForbiddenError : sdk.ResponseError;
}

/** The JSON of a text; undefined when it is none. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
