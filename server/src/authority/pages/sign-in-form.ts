import { html, type Html } from '../../http/html.ts';
import { mfaSetupPath, pageWords } from './page-words.ts';

type Words = (typeof pageWords)['en-US'];

/** What a sign-in form shows. */
export interface SignInForm {
  readonly words: Words;
  /** Above the fields: who asks. */
  readonly introduction: Html;
  /** The signed request it carries. */
  readonly ticket: string;
  readonly userName?: string | undefined;
  /** What went wrong with the last try. */
  readonly problem?: string | undefined;
  /** Whether it shows the way to the set-up of an authenticator app. */
  readonly offersMfa: boolean;
}

/** Name and password, posted to the page's own address. The first button is the one that the Enter key presses. */
export function signInForm({ words, introduction, ticket, userName, problem, offersMfa }: SignInForm): Html {
  const hasName = (userName ?? '') !== '';
  return html`<h1>${words.signIn}</h1>
    ${introduction} ${problem !== undefined && html`<p class="problem" role="alert">${problem}</p>`}
    <form method="post">
      <input type="hidden" name="ticket" value="${ticket}" />
      <label for="username">${words.userName}</label>
      <input
        id="username"
        name="username"
        value="${userName ?? ''}"
        autocomplete="username"
        autocapitalize="none"
        spellcheck="false"
        maxlength="200"
        required
        ${focus(!hasName)}
      />
      <label for="password">${words.password}</label>
      <input
        id="password"
        name="password"
        type="password"
        autocomplete="current-password"
        maxlength="1024"
        required
        ${focus(hasName)}
      />
      <div class="actions">
        <button class="primary" name="action" value="sign-in">${words.signIn}</button>
        <button name="action" value="cancel" formnovalidate>${words.cancel}</button>
      </div>
    </form>
    ${offersMfa && html`<p class="below"><a href="${mfaSetupPath}">${words.setUpMfa}</a></p>`}`;
}

/** Where the person begins to type. */
function focus(isHere: boolean): Html | undefined {
  return isHere ? html`autofocus` : undefined;
}
