import type { FastifyReply, FastifyRequest } from 'fastify';
import { hash } from 'node:crypto';
import { TokenError, type TokenErrorKind } from '../token-error.ts';
import { Html, html } from '../../http/html.ts';
import { pageLocale, pageWords } from './page-words.ts';

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

/** The whole look of the sign-in pages: no font, image or script from anywhere. Light and dark, by the reader's choice. */
const pageStyle = `
:root { color-scheme: light dark; --page: #f5f5f5; --card: #fff; --text: #242424; --quiet: #616161; --line: #d1d1d1;
  --accent: #0f6cbd; --accent-text: #fff; --accent-strong: #115ea3; --problem: #b10e1c; --problem-page: #fdf3f4; }
@media (prefers-color-scheme: dark) { :root { --page: #141414; --card: #292929; --text: #fff; --quiet: #adadad;
  --line: #525252; --accent: #479ef5; --accent-text: #0a0a0a; --accent-strong: #62abf5; --problem: #f1707b;
  --problem-page: #3b0d11; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 16px; background: var(--page);
  color: var(--text); font: 14px/20px "Segoe UI", system-ui, -apple-system, sans-serif; }
main { width: 100%; max-width: 400px; padding: 32px; border-radius: 8px; background: var(--card);
  border: 1px solid var(--line); box-shadow: 0 2px 8px rgb(0 0 0 / 8%); }
.brand { margin: 0 0 24px; font-weight: 600; color: var(--quiet); letter-spacing: .02em; }
h1 { margin: 0 0 8px; font-size: 24px; line-height: 32px; font-weight: 600; }
p { margin: 0 0 16px; }
.quiet { color: var(--quiet); overflow-wrap: anywhere; }
.problem { padding: 10px 12px; border-radius: 4px; color: var(--problem); background: var(--problem-page); }
label { display: block; margin: 0 0 4px; font-weight: 600; }
input { width: 100%; margin: 0 0 16px; padding: 8px 12px; font: inherit; color: inherit; background: transparent;
  border: 1px solid var(--line); border-bottom-color: var(--quiet); border-radius: 4px; }
input.code { font: 20px/28px ui-monospace, Consolas, monospace; letter-spacing: .2em; text-transform: uppercase; }
:is(input, button, summary, a):focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.actions { display: flex; flex-direction: row-reverse; gap: 8px; margin-top: 8px; }
button { flex: 1; padding: 8px 16px; font: inherit; font-weight: 600; border-radius: 4px; border: 1px solid var(--line);
  background: transparent; color: inherit; cursor: pointer; }
button.primary { border-color: transparent; background: var(--accent); color: var(--accent-text); }
button.primary:hover { background: var(--accent-strong); }
code.shown { display: block; padding: 12px; border: 1px solid var(--line); border-radius: 4px; overflow-wrap: anywhere;
  user-select: all; }
.qr { width: 208px; margin: 0 auto 16px; border-radius: 4px; background: #fff; }
.qr svg { display: block; }
details { margin: 0 0 16px; }
summary { margin: 0 0 8px; color: var(--accent); cursor: pointer; }
ul.codes { display: grid; gap: 4px; margin: 0 0 16px; padding: 12px; border: 1px solid var(--line); border-radius: 4px;
  list-style: none; font: 13px/20px ui-monospace, Consolas, monospace; overflow-wrap: anywhere; }
a { color: var(--accent); }
.below { margin: 24px 0 0; text-align: center; }
`;

/** Lets this style in, and no other. */
const pageStyleSource = `'sha256-${hash('sha256', pageStyle, 'base64')}'`;

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

/** Why a sign-in cannot continue, if there is no form to try again with. */
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
  wrongCode: 'wrongCode',
  mfaAlreadySetUp: 'mfaAlreadySetUp',
} as const;

function isTranslated(kind: TokenErrorKind): kind is keyof typeof problems {
  return Object.hasOwn(problems, kind);
}

/** What a page says about a refusal. Throws what is no refusal. */
export function problemText(request: FastifyRequest, error: unknown): string {
  if (!(error instanceof TokenError)) throw error;
  return isTranslated(error.kind) ? pageWords[pageLocale(request)][problems[error.kind]] : error.message;
}
