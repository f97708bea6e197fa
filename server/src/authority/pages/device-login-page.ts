import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { takeTicket, signTicket } from './sign-in-ticket.ts';
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
import { ensureBrowserCookie, readBrowserCookie } from './sign-in-ticket.ts';
import { pageLocale, pageWords } from './page-words.ts';
import { problemText, sendPage, sendProblem } from './send-page.ts';
import { signInForm } from './sign-in-form.ts';

type Parts = { ctx: Context; authority: TokenAuthority };
type Exchange = { request: FastifyRequest; reply: FastifyReply };

/** Where a person enters the code that a program shows (RFC 8628). */
export const deviceLoginPath = '/devicelogin';

/** First the code, then who asks and the sign-in: nobody signs in without having seen for what. */
export function addDeviceLoginPage(app: FastifyInstance, ctx: Context, authority: TokenAuthority): void {
  app.get(deviceLoginPath, async (request, reply) => {
    const shown = readQuery(request).get('user_code') ?? readQuery(request).get('otc') ?? '';
    return sendCodeForm({ ctx, authority }, { request, reply }, { typed: shown });
  });
  app.post(deviceLoginPath, async (request, reply) => {
    const form = readForm(request);
    const browser = { cookie: readBrowserCookie(request), now: ctx.now() };
    const ticket = await takeTicket(authority, form.get('ticket') ?? '', browser);
    if (ticket?.purpose === 'device-code')
      return takeCode({ ctx, authority }, { request, reply }, form.get('code') ?? '');
    if (ticket?.purpose !== 'device-sign-in')
      return sendProblem(request, reply, pageWords[pageLocale(request)].pageTooOld);
    // Signed by us, so it holds what `sendSignIn` put in.
    const login = ticket.request as WaitingLogin;
    return takeSignIn({ ctx, authority }, { request, reply }, { login, form });
  });
}

async function sendCodeForm(
  { ctx, authority }: Parts,
  { request, reply }: Exchange,
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

async function takeCode(parts: Parts, exchange: Exchange, typed: string): Promise<FastifyReply> {
  const { request } = exchange;
  try {
    const login = await findWaitingLogin(parts.ctx, parts.authority, { typed, address: request.ip });
    return await sendSignIn(parts, exchange, { login });
  } catch (error) {
    return sendCodeForm(parts, exchange, { typed, problem: problemText(request, error) });
  }
}

async function sendSignIn(
  { ctx, authority }: Parts,
  { request, reply }: Exchange,
  { login, userName, problem }: { login: WaitingLogin; userName?: string; problem?: string },
): Promise<FastifyReply> {
  const words = pageWords[pageLocale(request)];
  const cookie = ensureBrowserCookie(request, reply, authority.publicUrl);
  const signed = { purpose: 'device-sign-in', request: login } as const;
  const ticket = await signTicket(authority, signed, { cookie, now: ctx.now() });
  const introduction = html`<p>${words.onDevice(login.application.name)}</p>
    <p class="quiet">${words.onDeviceWarning}</p>`;
  return sendPage(request, reply, {
    title: words.signIn,
    status: problem === undefined ? 200 : 400,
    content: signInForm({ words, introduction, ticket, userName, problem }),
  });
}

async function takeSignIn(
  parts: Parts,
  exchange: Exchange,
  { login, form }: { login: WaitingLogin; form: ReadonlyMap<string, string> },
): Promise<FastifyReply> {
  const { ctx, authority } = parts;
  const { request, reply } = exchange;
  const words = pageWords[pageLocale(request)];
  if (form.get('action') === 'cancel') {
    await denyDeviceLogin(ctx, login);
    return sendPage(request, reply, {
      title: words.declined,
      content: html`<h1>${words.declined}</h1>
        <p>${words.declinedWhy}</p>`,
    });
  }
  const userName = form.get('username') ?? '';
  try {
    const password = form.get('password') ?? '';
    await approveDeviceLogin(ctx, authority, { login, userName, password, address: request.ip });
  } catch (error) {
    return sendSignIn(parts, exchange, { login, userName, problem: problemText(request, error) });
  }
  return sendPage(request, reply, {
    title: words.signedIn,
    content: html`<h1>${words.signedIn}</h1>
      <p>${words.closePage(login.application.name)}</p>`,
  });
}
