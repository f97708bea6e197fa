import type { FastifyReply, FastifyRequest } from 'fastify';
import { hash } from 'node:crypto';
import { TokenError, type TokenErrorKind } from '../token-error.ts';
import { Html, html } from '../../http/html.ts';
import { pageLocale, pageWords } from './page-words.ts';
import { pageStyle, pageStyleSource } from './page-style.ts';

/** A page of the sign-in. */
export interface Page {
  readonly title: string;
  readonly content: Html;
  readonly status?: number;
  /** Where its form's answer may send the browser on to, beside this service. */
  readonly redirectUri?: string | undefined;
  /** Its only form is sent at once; the button is for browsers that run no script. */
  readonly submitsItself?: boolean;
}

/** Style sheets hold no markup, and escaping would break them. The policy names the digest of exactly this text. */
const style = new Html(`<style>${pageStyle}</style>`);

const submission = 'document.forms[0].submit();';
const script = new Html(`<script>${submission}</script>`);
const scriptSource = `'sha256-${hash('sha256', submission, 'base64')}'`;

/**
 * Sends a page: nothing runs in it (but the submission of a form that it consists of), nothing is loaded by it, no other
 * site shows it in a frame, nobody keeps it.
 */
export function sendPage(request: FastifyRequest, reply: FastifyReply, page: Page): FastifyReply {
  const document = html`<!doctype html>
    <html lang="${pageLocale(request)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${page.title} · Muster</title>
        ${style}
      </head>
      <body>
        <main>
          <p class="brand">Muster</p>
          ${page.content}
        </main>
        ${page.submitsItself && script}
      </body>
    </html> `;
  return reply
    .code(page.status ?? 200)
    .headers({
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentPolicy(page),
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
    })
    .send(document.text);
}

function contentPolicy({ redirectUri, submitsItself = false }: Page): string {
  // Browsers hold the redirect that follows a form to `form-action`, too.
  const target = redirectUri === undefined ? '' : ` ${targetOf(redirectUri)}`;
  return [
    "default-src 'none'",
    `style-src ${pageStyleSource}`,
    ...(submitsItself ? [`script-src ${scriptSource}`] : []),
    `form-action 'self'${target}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

function targetOf(redirectUri: string): string {
  const { origin, protocol } = new URL(redirectUri);
  return origin === 'null' ? protocol : origin;
}

/** Why a sign-in cannot go on, where there is no form to try again with. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: string): FastifyReply {
  const words = pageWords[pageLocale(request)];
  return sendPage(request, reply, {
    title: words.cannotSignIn,
    status: 400,
    content: html`<h1>${words.cannotSignIn}</h1>
      <p class="problem" role="alert">${problem}</p>`,
  });
}

const problems = {
  invalidUser: 'wrongUser',
  userDisabled: 'disabledUser',
  tooManyFailures: 'tooManyFailures',
  tooBusy: 'tooBusy',
  unknownDeviceCode: 'unknownCode',
} as const;

function isTranslated(kind: TokenErrorKind): kind is keyof typeof problems {
  return Object.hasOwn(problems, kind);
}

/** What a page says about a refusal. Throws what is no refusal. */
export function problemText(request: FastifyRequest, error: unknown): string {
  if (!(error instanceof TokenError)) throw error;
  return isTranslated(error.kind) ? pageWords[pageLocale(request)][problems[error.kind]] : error.message;
}
