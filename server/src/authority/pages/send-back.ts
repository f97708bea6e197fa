import type { FastifyReply, FastifyRequest } from 'fastify';
import { html } from '../../http/html.ts';
import type { WayBack } from '../grants/authorization-request.ts';
import { neverStored } from '../endpoints/read-token-request.ts';
import { pageLocale, pageWords } from './page-words.ts';
import { sendPage } from './send-page.ts';

/** An answer for the application, and how it travels. */
export interface AnswerBack extends WayBack {
  readonly answer: Readonly<Record<string, string>>;
}

/** Sends the browser back to the application with an answer, in the way the application asked for. */
export function sendBack(request: FastifyRequest, reply: FastifyReply, back: AnswerBack): FastifyReply {
  const { answer, state } = back;
  const fields = { ...answer, ...(state !== undefined && { state }) };
  if (back.responseMode === 'form_post') return sendForm(request, reply, { back, fields });
  const url = new URL(back.redirectUri);
  if (back.responseMode === 'fragment') url.hash = new URLSearchParams(fields).toString();
  else for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  // 303: the browser goes on with a GET, and the password stays here.
  return reply
    .code(303)
    .headers({ ...neverStored, Location: url.href, 'Referrer-Policy': 'no-referrer' })
    .send();
}

/** A page that posts the answer, so that it stands in no address (OAuth 2.0 Form Post Response Mode). */
function sendForm(
  request: FastifyRequest,
  reply: FastifyReply,
  { back, fields }: { back: AnswerBack; fields: Readonly<Record<string, string>> },
): FastifyReply {
  const words = pageWords[pageLocale(request)];
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return sendPage(request, reply, {
    title: words.goingBack,
    content: html`<h1>${words.goingBack}</h1>
      <form method="post" action="${back.redirectUri}">
        ${inputs}
        <div class="actions"><button class="primary">${words.goOn}</button></div>
      </form>`,
    redirectUri: back.redirectUri,
    submitsItself: true,
  });
}
