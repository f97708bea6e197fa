import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { outOfBand } from '../redirect-uri.ts';
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
import { readBrowserCookie, takeTicket } from './sign-in-ticket.ts';
import { beginSignIn, takeStep, type SignInGoal, type SignInStep, type Visit } from './sign-in-steps.ts';
import { pageLocale, pageWords } from './page-words.ts';
import { sendBack } from './send-back.ts';
import { problemText, sendPage, sendProblem } from './send-page.ts';

type Parts = { ctx: Context; authority: TokenAuthority };
type Exchange = { request: FastifyRequest; reply: FastifyReply };

/** The request on the page, and whose application it is from. */
type TicketRequest = AuthorizationRequest & {
  readonly applicationName: string;
  readonly partnerId: string | undefined;
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
    const visit = { ctx, authority, request, reply };
    const { name: applicationName, partnerId } = checked.application;
    const goal = authorizeGoal(visit, { ...checked.request, applicationName, partnerId, version });
    return await beginSignIn(visit, goal, { userName: form.get('login_hint') });
  } catch (error) {
    if (error instanceof AuthorizationRefusal)
      return sendBack(request, reply, {
        ...error.back,
        answer: { error: error.error, error_description: error.message },
      });
    return sendProblem(request, reply, problemText(request, error));
  }
}

async function takeForm({ ctx, authority }: Parts, { request, reply }: Exchange): Promise<FastifyReply> {
  const form = readForm(request);
  const browser = { cookie: readBrowserCookie(request), now: ctx.now() };
  const ticket = await takeTicket(authority, form.get('ticket') ?? '', browser);
  if (ticket?.purpose !== 'authorize')
    return sendProblem(request, reply, pageWords[pageLocale(request)].pageTooOld);
  // Signed by us, so it holds what `showForm` put in.
  const { step, ...asked } = ticket.request as TicketRequest & { step: SignInStep };
  const visit = { ctx, authority, request, reply };
  return takeStep(visit, authorizeGoal(visit, asked), { step, form });
}

/** Signs somebody in for an application, and sends the browser back to it with a code. */
function authorizeGoal({ ctx, authority, request, reply }: Visit, asked: TicketRequest): SignInGoal {
  const words = pageWords[pageLocale(request)];
  return {
    purpose: 'authorize',
    request: asked,
    partnerId: asked.partnerId,
    introduction: html`<p class="quiet">${words.toContinue(asked.applicationName)}</p>`,
    redirectUri: asked.redirectUri,
    complete: async (signedIn) => {
      const answer = await grantAuthorizationCode(ctx, authority, { request: asked, signedIn });
      if (asked.redirectUri !== outOfBand) return sendBack(request, reply, { ...asked, answer });
      return sendPage(request, reply, {
        title: words.signedIn,
        content: html`<h1>${words.signedIn}</h1>
          <p>${words.copyCode}</p>
          <code class="shown">${answer.code}</code>`,
      });
    },
    cancel: async () =>
      sendBack(request, reply, {
        ...asked,
        answer: { error: 'access_denied', error_description: 'The user cancelled.' },
      }),
  };
}
