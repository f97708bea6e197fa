import type { FastifyRequest } from 'fastify';
import type { TokenRequest } from '../grants/token-request.ts';

/** Tokens and codes must not stay in caches. */
export const neverStored = { 'Cache-Control': 'no-store', Pragma: 'no-cache' };

/** The tenant a URL names: a partner id, its domain, `common` or `organizations`. */
export function tenantOf(request: FastifyRequest): string {
  return (request.params as { tenant: string }).tenant;
}

/** A request to a token endpoint. Credentials come as form fields, or in a Basic header as RFC 6749 has it. */
export function readTokenRequest(request: FastifyRequest, version: 'v1' | 'v2'): TokenRequest {
  const form = readForm(request);
  for (const [name, value] of readBasic(request)) if (!form.has(name)) form.set(name, value);
  return { tenant: tenantOf(request), version, form, address: request.ip };
}

/** The fields of a form, the first of each name, whatever content type was sent. */
export function readForm(request: FastifyRequest): Map<string, string> {
  const { body } = request;
  if (!Buffer.isBuffer(body)) return new Map();
  const text = body.toString('utf8');
  return toFields(readMultipart(text) ?? new URLSearchParams(text));
}

/** The fields of a multipart form (RFC 7578), recognized by its first line; undefined for anything else. */
function readMultipart(text: string): [string, string][] | undefined {
  const delimiter = /^(--[\w'()+,./:=?-]{1,70})\r\n/.exec(text)?.[1];
  if (delimiter === undefined) return undefined;
  const parts = `\r\n${text}`.split(`\r\n${delimiter}`).slice(1, -1);
  return parts.flatMap((part) => {
    const headEnd = part.indexOf('\r\n\r\n');
    const name = /\bname="([^"]*)"/i.exec(part.slice(0, headEnd))?.[1];
    return headEnd === -1 || name === undefined ? [] : [[name, part.slice(headEnd + 4)]];
  });
}

/** The parameters of a query, the first of each name. */
export function readQuery(request: FastifyRequest): Map<string, string> {
  const questionAt = request.url.indexOf('?');
  return toFields(new URLSearchParams(questionAt === -1 ? '' : request.url.slice(questionAt + 1)));
}

function toFields(parameters: Iterable<[string, string]>): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [name, value] of parameters) if (!fields.has(name) && isText(value)) fields.set(name, value);
  return fields;
}

/** PostgreSQL cannot store a NUL, and no client needs one. */
function isText(value: string): boolean {
  return value !== '' && !value.includes('\0');
}

function readBasic(request: FastifyRequest): [string, string][] {
  const basic = /^Basic +([\w+/=-]+) *$/i.exec(request.headers.authorization ?? '')?.[1];
  if (basic === undefined) return [];
  const text = Buffer.from(basic, 'base64').toString('utf8');
  const colonAt = text.indexOf(':');
  if (colonAt === -1) return [];
  return [
    ['client_id', decodeForm(text.slice(0, colonAt))],
    ['client_secret', decodeForm(text.slice(colonAt + 1))],
  ];
}

/** RFC 6749, 2.3.1: both parts are form-encoded before they are joined. */
function decodeForm(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
