/** One HTTP exchange, as it went over the wire, without secrets. */
export interface Exchange {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
  readonly answer: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
  readonly durationMs: number;
}

/** A `fetch` that tells each exchange. Tokens, secrets and hardware hashes are taken out before anyone sees them. */
export function createTracingFetch(
  inner: typeof fetch,
  onExchange: (exchange: Exchange) => void,
  now: () => number,
): typeof fetch {
  return async (input, init) => {
    const startedAt = now();
    const response = await inner(input, init);
    const text = await response.clone().text();
    const url = input instanceof Request ? input.url : String(input);
    onExchange({
      request: {
        method: init?.method ?? 'GET',
        url,
        headers: hideSecrets(new Headers(init?.headers)),
        body: typeof init?.body === 'string' ? readBody(init.body) : undefined,
      },
      answer: {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: readBody(text),
      },
      durationMs: Math.round(now() - startedAt),
    });
    return response;
  };
}

function hideSecrets(headers: Headers): Record<string, string> {
  if (headers.has('Authorization')) headers.set('Authorization', 'Bearer <token>');
  return Object.fromEntries(headers);
}

/** JSON without what must not be seen; nothing of a body that is no JSON, such as the form that asks for a token. */
function readBody(text: string): unknown {
  try {
    return JSON.parse(text, (name, value: unknown) =>
      typeof value === 'string' && isSecret(name) ? `<${value.length} characters>` : value,
    );
  } catch {
    return undefined;
  }
}

function isSecret(name: string): boolean {
  const folded = name.toLowerCase();
  return folded === 'hardwarehash' || folded.endsWith('token') || folded === 'device_code';
}
