import type { FastifyReply, FastifyRequest } from 'fastify';
import { newRandomSecret } from '../random-secret.ts';
import { ticketSeconds } from '../sign-in-ticket.ts';

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
