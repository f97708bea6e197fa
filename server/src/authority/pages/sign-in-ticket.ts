import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignJWT, jwtVerify } from 'jose';
import { digestSecret, newRandomSecret } from '../random-secret.ts';
import type { TokenAuthority } from '../token-authority.ts';

/** How long a sign-in page can be left open. */
const ticketSeconds = 900;

const typ = 'muster-sign-in+jwt';

/** What a page's form is for. A ticket of one form opens no other. */
export type TicketPurpose = 'authorize' | 'device-code' | 'device-sign-in' | 'mfa-setup';

/**
 * What a sign-in page carries from its GET to its POST: the checked request, signed, so that it cannot be changed, and
 * tied to a cookie of this browser, so that no other site can post it. Only that it was used has to be remembered.
 */
export async function signTicket(
  authority: TokenAuthority,
  { purpose, request }: { purpose: TicketPurpose; request: object },
  { cookie, now }: { cookie: string; now: Date },
): Promise<string> {
  const keys = await authority.keys.read();
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT({ purpose, request, browser: digestSecret(cookie).toString('base64url') })
    .setProtectedHeader({ alg: 'RS256', typ, kid: keys.keyId })
    .setAudience(authority.publicUrl)
    .setJti(randomUUID())
    .setExpirationTime(issuedAt + ticketSeconds)
    .sign(keys.privateKey);
}

/** A ticket that was found good. */
export interface Ticket {
  readonly purpose: TicketPurpose;
  readonly request: unknown;
}

/**
 * Takes a ticket from a form. Undefined when it is forged, too old, of another browser, or was taken before: each page is
 * good for one try, so that one page cannot be posted a thousand times. A node remembers only what it took itself.
 */
export async function takeTicket(
  authority: TokenAuthority,
  ticket: string,
  { cookie, now }: { cookie: string | undefined; now: Date },
): Promise<Ticket | undefined> {
  if (cookie === undefined) return undefined;
  try {
    const { keySet } = await authority.keys.read();
    const { payload } = await jwtVerify(ticket, keySet, {
      algorithms: ['RS256'],
      audience: authority.publicUrl,
      typ,
      currentDate: now,
      requiredClaims: ['exp', 'jti', 'purpose', 'request', 'browser'],
    });
    const expected = Buffer.from(String(payload.browser), 'base64url');
    const actual = digestSecret(cookie);
    if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return undefined;
    const id = String(payload.jti);
    if (authority.usedTickets.has(id)) return undefined;
    authority.usedTickets.set(id, true);
    return { purpose: payload.purpose as TicketPurpose, request: payload.request };
  } catch {
    return undefined;
  }
}

/** The random value that ties a form to this browser; undefined when the browser has none. */
export function readBrowserCookie(request: FastifyRequest): string | undefined {
  return /(?:^|; *)muster_sign_in=([\w-]{43})(?:;|$)/.exec(request.headers.cookie ?? '')?.[1];
}

/** The browser's value; gives it one when it has none. */
export function ensureBrowserCookie(request: FastifyRequest, reply: FastifyReply, publicUrl: string): string {
  const value = readBrowserCookie(request) ?? newRandomSecret();
  const secure = publicUrl.startsWith('https:') ? '; Secure' : '';
  reply.header(
    'Set-Cookie',
    `muster_sign_in=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${ticketSeconds}${secure}`,
  );
  return value;
}
