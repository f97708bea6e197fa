import type { IncomingHttpHeaders } from 'node:http';
import { RequestError } from '../http/request-error.ts';
import type { Caller } from '../registry/caller.ts';
import type { VerifyAccessToken } from './tokens/verify-access-token.ts';

interface WithHeaders {
  readonly headers: IncomingHttpHeaders;
}

/** Who calls, from the bearer token. Throws a RequestError without a good one. */
export async function authenticate(request: WithHeaders, verify: VerifyAccessToken): Promise<Caller> {
  const token = bearerTokenOf(request);
  if (token === undefined) throw new RequestError({ kind: 'token-missing' });
  return verify(token);
}

/** The bearer token of a request; undefined when it has none. */
export function bearerTokenOf(request: WithHeaders): string | undefined {
  const header = request.headers.authorization;
  return header === undefined ? undefined : /^Bearer +([\w.~+/-]+=*) *$/i.exec(header)?.[1];
}
