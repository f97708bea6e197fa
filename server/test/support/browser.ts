/** A browser as far as sign-in pages need one: it keeps cookies, reads forms and posts them. It follows no redirect. */
export interface TestBrowser {
  open(url: string): Promise<TestPage>;
  /** Fills the form of a page in and presses a button. */
  submit(page: TestPage, fields: Readonly<Record<string, string>>): Promise<TestPage>;
}

export interface TestPage {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export function openBrowser(headers: Readonly<Record<string, string>> = {}): TestBrowser {
  let cookie = '';
  const load = async (url: string, init: RequestInit): Promise<TestPage> => {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...headers, ...(cookie && { cookie }) },
    });
    const set = response.headers.get('set-cookie');
    if (set) cookie = set.split(';')[0] ?? '';
    return { url, status: response.status, headers: response.headers, text: await response.text() };
  };
  return {
    open: (url) => load(url, {}),
    submit: (page, fields) => {
      const action = /<form[^>]* action="([^"]*)"/.exec(page.text)?.[1] ?? page.url;
      const hidden = [...page.text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)" ?\/?>/g)];
      const body = new URLSearchParams();
      for (const [, name = '', value = ''] of hidden) body.set(name, value);
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      return load(new URL(action, page.url).href, { method: 'POST', body });
    },
  };
}
