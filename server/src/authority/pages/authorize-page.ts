import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { outOfBand } from '../redirect-uri.ts';
import { takeTicket, signTicket } from './sign-in-ticket.ts';
import type { TokenAuthority } from '../token-authority.ts';
import type { Context } from '../../registry/context.ts';
import { html } from '../../http/html.ts';
import {
  AuthorizationRefusal,
  checkAuthorizationRequest,
  type AuthorizationRequest,
} from '../grants/authorization-request.ts';
import { grantAuthorizationCode } from '../grants/authorization-code.ts';
import { readForm, readQuery, tenantOf } from '../endpoints/read-token-request.ts';
import { ensureBrowserCookie, readBrowserCookie } from './sign-in-ticket.ts';
import { pageLocale, pageWords } from './page-words.ts';
import { sendBack } from './send-back.ts';
import { problemText, sendPage, sendProblem } from './send-page.ts';
import { signInForm } from './sign-in-form.ts';

type Parts = { ctx: Context; authority: TokenAuthority };
type Exchange = { request: FastifyRequest; reply: FastifyReply };

/** The request on the page, and the name it is shown under. */
type TicketRequest = AuthorizationRequest & {
  readonly applicationName: string;
  readonly version: 'v1' | 'v2';
};

/** The page that signs a user in for an application and sends the browser back with a code (RFC 6749, 4.1). */
export function addAuthorizePage(app: FastifyInstance, ctx: Context, authority: TokenAuthority): void {
  for (const [path, version] of [
    ['/:tenant/oauth2/authorize', 'v1'],
    ['/:tenant/oauth2/v2.0/authorize', 'v2'],
  ] as const) {
    app.get(path, (request, reply) => showForm({ ctx, authority }, { request, reply }, version));
    app.post(path, (request, reply) => takeForm({ ctx, authority }, { request, reply }));
  }
}

async function showForm(
  { ctx, authority }: Parts,
  { request, reply }: Exchange,
  version: 'v1' | 'v2',
): Promise<FastifyReply> {
  try {
    const form = readQuery(request);
    const asked = { tenant: tenantOf(request), version, form, address: request.ip };
    const checked = await checkAuthorizationRequest(ctx, authority, asked);
    const ticketRequest = { ...checked.request, applicationName: checked.application.name, version };
    return await sendForm({ ctx, authority }, { request, reply }, ticketRequest, {
      userName: form.get('login_hint'),
    });
  } catch (error) {
    if (error instanceof AuthorizationRefusal)
      return sendBack(request, reply, {
        ...error.back,
        answer: { error: error.error, error_description: error.message },
      });
    return sendProblem(request, reply, problemText(request, error));
  }
}

async function sendForm(
  { ctx, authority }: Parts,
  { request, reply }: Exchange,
  ticketRequest: TicketRequest,
  tried: { userName?: string | undefined; problem?: string },
): Promise<FastifyReply> {
  const words = pageWords[pageLocale(request)];
  const cookie = ensureBrowserCookie(request, reply, authority.publicUrl);
  const signed = { purpose: 'authorize', request: ticketRequest } as const;
  const ticket = await signTicket(authority, signed, { cookie, now: ctx.now() });
  const introduction = html`<p class="quiet">${words.toContinue(ticketRequest.applicationName)}</p>`;
  return sendPage(request, reply, {
    title: words.signIn,
    status: tried.problem === undefined ? 200 : 400,
    content: signInForm({ words, introduction, ticket, ...tried }),
    redirectUri: ticketRequest.redirectUri,
  });
}

async function takeForm({ ctx, authority }: Parts, { request, reply }: Exchange): Promise<FastifyReply> {
  const words = pageWords[pageLocale(request)];
  const form = readForm(request);
  const browser = { cookie: readBrowserCookie(request), now: ctx.now() };
  const ticket = await takeTicket(authority, form.get('ticket') ?? '', browser);
  if (ticket?.purpose !== 'authorize') return sendProblem(request, reply, words.pageTooOld);
  // Signed by us, so it holds what `sendForm` put in.
  const asked = ticket.request as TicketRequest;
  if (form.get('action') === 'cancel')
    return sendBack(request, reply, {
      ...asked,
      answer: { error: 'access_denied', error_description: 'The user cancelled.' },
    });
  const userName = form.get('username') ?? '';
  try {
    const { version } = asked;
    const attempt = {
      request: asked,
      version,
      userName,
      password: form.get('password') ?? '',
      address: request.ip,
    };
    const answer = await grantAuthorizationCode(ctx, authority, attempt);
    if (asked.redirectUri !== outOfBand) return sendBack(request, reply, { ...asked, answer });
    return sendPage(request, reply, {
      title: words.signedIn,
      content: html`<h1>${words.signedIn}</h1>
        <p>${words.copyCode}</p>
        <code class="shown">${answer.code}</code>`,
    });
  } catch (error) {
    const problem = problemText(request, error);
    return sendForm({ ctx, authority }, { request, reply }, asked, { userName, problem });
  }
}
