import { encodeQR } from 'qr';
import { Html, html } from '../../http/html.ts';
import { toBase32, totpUri } from '../totp.ts';
import type { pageWords } from './page-words.ts';

type Words = (typeof pageWords)['en-US'];

/** What every form of the second factor shows. */
interface SecondFactorForm {
  readonly words: Words;
  /** The signed request it carries. */
  readonly ticket: string;
  /** What went wrong with the last try. */
  readonly problem?: string | undefined;
}

/** Asks for a code of the app, or for a recovery code. */
export function codeForm({ words, ticket, problem }: SecondFactorForm): Html {
  return html`<h1>${words.proveMfa}</h1>
    <p class="quiet">${words.proveMfaWhy}</p>
    ${problemLine(problem)}
    <form method="post">
      <input type="hidden" name="ticket" value="${ticket}" />
      ${codeField(words)}
      <details>
        <summary>${words.useRecoveryCode}</summary>
        <label for="recovery-code">${words.recoveryCode}</label>
        <input
          id="recovery-code"
          name="recovery_code"
          inputmode="numeric"
          autocomplete="off"
          maxlength="50"
        />
      </details>
      ${buttons(words, words.signIn)}
    </form>`;
}

/** Shows a new secret, as a QR code and as text, and asks for the first code. */
export function setUpForm({
  words,
  ticket,
  problem,
  secret,
  userPrincipalName,
}: SecondFactorForm & { secret: Buffer; userPrincipalName: string }): Html {
  const svg = encodeQR(totpUri(secret, userPrincipalName), 'svg', { border: 4 });
  return html`<h1>${words.setUpMfa}</h1>
    <p class="quiet">${words.setUpMfaWhy}</p>
    <p>${words.scanCode}</p>
    <div class="qr" role="img" aria-label="${words.qrCode}">${new Html(svg)}</div>
    <p>${words.typeKey}</p>
    <p>
      <code class="shown">${toBase32(secret).replace(/(.{4})(?=.)/g, '$1 ')}</code>
    </p>
    ${problemLine(problem)}
    <form method="post">
      <input type="hidden" name="ticket" value="${ticket}" />
      ${codeField(words)} ${buttons(words, words.next)}
    </form>`;
}

/** Shows the recovery codes, once. */
export function recoveryCodesForm(
  { words, ticket }: SecondFactorForm,
  recoveryCodes: readonly string[],
): Html {
  return html`<h1>${words.recoveryCodes}</h1>
    <p>${words.recoveryCodesWhy}</p>
    <ul class="codes">
      ${recoveryCodes.map((code) => html`<li>${code}</li>`)}
    </ul>
    <form method="post">
      <input type="hidden" name="ticket" value="${ticket}" />
      <div class="actions"><button class="primary">${words.goOn}</button></div>
    </form>`;
}

function problemLine(problem: string | undefined): Html | false {
  return problem !== undefined && html`<p class="problem" role="alert">${problem}</p>`;
}

function codeField(words: Words): Html {
  return html`<label for="code">${words.code}</label>
    <input
      id="code"
      class="code"
      name="code"
      inputmode="numeric"
      autocomplete="one-time-code"
      maxlength="10"
      autofocus
    />`;
}

function buttons(words: Words, primary: string): Html {
  return html`<div class="actions">
    <button class="primary" name="action" value="sign-in">${primary}</button>
    <button name="action" value="cancel" formnovalidate>${words.cancel}</button>
  </div>`;
}
