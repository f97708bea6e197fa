import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from '../registry/caller.ts';
import { unauthorized } from './tokens/token-problem.ts';
import type { VerifyAccessToken } from './tokens/verify-access-token.ts';

interface WithHeaders {
  readonly headers: IncomingHttpHeaders;
}

/** Who calls, from the bearer token. Throws Unauthorized. */
export async function authenticate(request: WithHeaders, verify: VerifyAccessToken): Promise<Caller> {
  const token = bearerTokenOf(request);
  if (token === undefined) throw unauthorized('noBearerToken');
  return verify(token);
}

/** The bearer token of a request; undefined when it has none. */
export function bearerTokenOf(request: WithHeaders): string | undefined {
  const header = request.headers.authorization;
  return header === undefined ? undefined : /^Bearer +([\w.~+/-]+=*) *$/i.exec(header)?.[1];
}
