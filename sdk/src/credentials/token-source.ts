import { AuthenticationError } from '../errors.ts';
import { unlessAborted, type Runtime } from '../runtime.ts';

/** An access token and its expiry time. */
export interface AccessToken {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresOnTimestamp: number;
}

/**
 * Any source of access tokens, such as a `TokenCredential` of `@azure/identity`. The SDK keeps a token until shortly before
 * it expires, so an implementation does not have to.
 */
export interface TokenCredential {
  getToken(scopes: string | string[], options?: { abortSignal?: AbortSignal }): Promise<AccessToken | null>;
}

/** A token is renewed this long before it expires, or with a fifth of its lifetime left if that is shorter. */
const renewalMarginMsMax = 120_000;

/** Keeps one access token and renews it before it expires, once for all calls that wait for it. */
export class TokenSource {
  readonly #credential: TokenCredential;
  readonly #scopes: string[];
  readonly #runtime: Runtime;
  #token: (AccessToken & { readonly renewAt: number }) | undefined;
  #renewal: Promise<string> | undefined;

  constructor(credential: TokenCredential, scopes: readonly string[], runtime: Runtime) {
    this.#credential = credential;
    this.#scopes = [...scopes];
    this.#runtime = runtime;
  }

  /** Returns a valid token. Throws an `AuthenticationError`, or what the credential throws. */
  async get(signal?: AbortSignal): Promise<string> {
    const token = this.#token;
    if (token && this.#runtime.now() < token.renewAt) return token.token;
    this.#renewal ??= this.#renew().finally(() => (this.#renewal = undefined));
    return unlessAborted(this.#renewal, signal);
  }

  /** Forgets a token that the service refused. Returns whether the next call can get another one. */
  reject(token: string): boolean {
    if (this.#token?.token === token) this.#token = undefined;
    return true;
  }

  async #renew(): Promise<string> {
    const old = this.#token;
    try {
      // The signal of the first call is not used, because others wait for the same token.
      const token = await this.#credential.getToken(this.#scopes);
      if (!token) throw new AuthenticationError(undefined, 'the credential gave none.');
      const lifeMs = Math.max(0, token.expiresOnTimestamp - this.#runtime.now());
      const renewAt = token.expiresOnTimestamp - Math.min(renewalMarginMsMax, lifeMs / 5);
      this.#token = { ...token, renewAt };
      return token.token;
    } catch (error) {
      if (old && this.#runtime.now() < old.expiresOnTimestamp) return old.token;
      throw error;
    }
  }
}
