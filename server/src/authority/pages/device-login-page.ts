import type { FastifyInstance, FastifyReply } from 'fastify';
import type { TokenAuthority } from '../token-authority.ts';
import type { Context } from '../../registry/context.ts';
import { html } from '../../http/html.ts';
import {
  approveDeviceLogin,
  denyDeviceLogin,
  findWaitingLogin,
  type WaitingLogin,
} from '../grants/device-login.ts';
import { readForm, readQuery } from '../endpoints/read-token-request.ts';
import { ensureBrowserCookie, readBrowserCookie, signTicket, takeTicket } from './sign-in-ticket.ts';
import { beginSignIn, takeStep, type SignInGoal, type SignInStep, type Visit } from './sign-in-steps.ts';
import { pageLocale, pageWords } from './page-words.ts';
import { problemText, sendPage, sendProblem } from './send-page.ts';

/** Where a person enters the code that a program shows (RFC 8628). */
export const deviceLoginPath = '/devicelogin';

/** First the code, then who asks and the sign-in: nobody signs in without having seen for what. */
export function addDeviceLoginPage(app: FastifyInstance, ctx: Context, authority: TokenAuthority): void {
  app.get(deviceLoginPath, async (request, reply) => {
    const shown = readQuery(request).get('user_code') ?? readQuery(request).get('otc') ?? '';
    return sendCodeForm({ ctx, authority, request, reply }, { typed: shown });
  });
  app.post(deviceLoginPath, async (request, reply) => {
    const form = readForm(request);
    const browser = { cookie: readBrowserCookie(request), now: ctx.now() };
    const ticket = await takeTicket(authority, form.get('ticket') ?? '', browser);
    if (ticket?.purpose === 'device-code')
      return takeCode({ ctx, authority, request, reply }, form.get('code') ?? '');
    if (ticket?.purpose !== 'device-sign-in')
      return sendProblem(request, reply, pageWords[pageLocale(request)].pageTooOld);
    // Signed by us, so it holds what `takeCode` put in.
    const { step, ...login } = ticket.request as WaitingLogin & { step: SignInStep };
    const visit = { ctx, authority, request, reply };
    return takeStep(visit, deviceGoal(visit, login), { step, form });
  });
}

async function sendCodeForm(
  { ctx, authority, request, reply }: Visit,
  { typed, problem }: { typed: string; problem?: string },
): Promise<FastifyReply> {
  const words = pageWords[pageLocale(request)];
  const cookie = ensureBrowserCookie(request, reply, authority.publicUrl);
  const ticket = await signTicket(
    authority,
    { purpose: 'device-code', request: {} },
    { cookie, now: ctx.now() },
  );
  return sendPage(request, reply, {
    title: words.enterCode,
    status: problem === undefined ? 200 : 400,
    content: html`<h1>${words.enterCode}</h1>
      <p class="quiet">${words.enterCodeWhy}</p>
      ${problem !== undefined && html`<p class="problem" role="alert">${problem}</p>`}
      <form method="post" action="${deviceLoginPath}">
        <input type="hidden" name="ticket" value="${ticket}" />
        <label for="code">${words.code}</label>
        <input
          id="code"
          class="code"
          name="code"
          value="${typed.slice(0, 20)}"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          maxlength="20"
          required
          autofocus
        />
        <div class="actions"><button class="primary">${words.next}</button></div>
      </form>`,
  });
}

async function takeCode(visit: Visit, typed: string): Promise<FastifyReply> {
  const { ctx, authority, request } = visit;
  try {
    const login = await findWaitingLogin(ctx, authority, { typed, address: request.ip });
    return await beginSignIn(visit, deviceGoal(visit, login));
  } catch (error) {
    return sendCodeForm(visit, { typed, problem: problemText(request, error) });
  }
}

/** Signs somebody in for the program that waits. */
function deviceGoal({ ctx, request, reply }: Visit, login: WaitingLogin): SignInGoal {
  const words = pageWords[pageLocale(request)];
  return {
    purpose: 'device-sign-in',
    request: login,
    partnerId: login.partnerId,
    introduction: html`<p>${words.onDevice(login.applicationName)}</p>
      <p class="quiet">${words.onDeviceWarning}</p>`,
    complete: async (signedIn) => {
      await approveDeviceLogin(ctx, login, signedIn);
      return sendPage(request, reply, {
        title: words.signedIn,
        content: html`<h1>${words.signedIn}</h1>
          <p>${words.closePage(login.applicationName)}</p>`,
      });
    },
    cancel: async () => {
      await denyDeviceLogin(ctx, login);
      return sendPage(request, reply, {
        title: words.declined,
        content: html`<h1>${words.declined}</h1>
          <p>${words.declinedWhy}</p>`,
      });
    },
  };
}
