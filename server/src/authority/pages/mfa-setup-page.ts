import type { FastifyInstance, FastifyReply } from 'fastify';
import { html, type Html } from '../../http/html.ts';
import type { Context } from '../../registry/context.ts';
import { readForm } from '../endpoints/read-token-request.ts';
import type { TokenAuthority } from '../token-authority.ts';
import { mfaSetupPath, pageLocale, pageWords } from './page-words.ts';
import { sendPage, sendProblem } from './send-page.ts';
import { readBrowserCookie, takeTicket } from './sign-in-ticket.ts';
import { beginSignIn, takeStep, type SignInGoal, type SignInStep, type Visit } from './sign-in-steps.ts';

/** The page where people set up an authenticator app, or another one in its place. */
export function addMfaSetupPage(app: FastifyInstance, ctx: Context, authority: TokenAuthority): void {
  app.get(mfaSetupPath, async (request, reply) => {
    const visit = { ctx, authority, request, reply };
    return beginSignIn(visit, setUpGoal(visit));
  });
  app.post(mfaSetupPath, async (request, reply) => {
    const form = readForm(request);
    const browser = { cookie: readBrowserCookie(request), now: ctx.now() };
    const ticket = await takeTicket(authority, form.get('ticket') ?? '', browser);
    if (ticket?.purpose !== 'mfa-setup')
      return sendProblem(request, reply, pageWords[pageLocale(request)].pageTooOld);
    const visit = { ctx, authority, request, reply };
    const { step } = ticket.request as { step: SignInStep };
    return takeStep(visit, setUpGoal(visit), { step, form });
  });
}

function setUpGoal({ request, reply }: Visit): SignInGoal {
  const words = pageWords[pageLocale(request)];
  const show = async (title: string, content: Html): Promise<FastifyReply> =>
    sendPage(request, reply, { title, content });
  return {
    purpose: 'mfa-setup',
    request: {},
    partnerId: undefined,
    introduction: html`<p class="quiet">${words.toSetUpMfa}</p>`,
    setsUpMfa: true,
    complete: () =>
      show(
        words.isSetUp,
        html`<h1>${words.isSetUp}</h1>
          <p>${words.isSetUpWhy}</p>`,
      ),
    cancel: () =>
      show(
        words.declined,
        html`<h1>${words.declined}</h1>
          <p>${words.notSetUpWhy}</p>`,
      ),
  };
}
