import type { Io } from '../io.ts';
import type { Say } from '../messages/message.ts';

/** One HTTP exchange as sent and received, without secrets. */
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

/** A `fetch` that reports each exchange. Tokens, secrets and hardware hashes are removed first. */
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

/** A JSON body without its secrets. A body of another kind, such as the form of a token request, is left out. */
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

/**
 * A `fetch` that says when there is no answer, once for each outage. The SDK retries for a while, and silence would
 * look like a hang.
 */
export function createPatientFetch(io: Io, say: Say): typeof fetch {
  let isOut = false;
  return async (input, init) => {
    try {
      const response = await io.fetch(input, init);
      isOut = false;
      return response;
    } catch (fault) {
      if (!isOut && !init?.signal?.aborted) {
        isOut = true;
        const { origin } = new URL(input instanceof Request ? input.url : input);
        // Replaces a progress bar that may be on this line.
        const erase = io.stderr.isTTY ? '\r\u001b[2K' : '';
        await io.stderr.write(`${erase}${say('tryingAgain', { origin })}\n`);
      }
      throw fault;
    }
  };
}
