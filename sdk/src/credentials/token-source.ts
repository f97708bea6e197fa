import { AuthenticationError } from '../errors.ts';
import { unlessAborted, type Runtime } from '../runtime.ts';

/** An access token and when it ends. */
export interface AccessToken {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresOnTimestamp: number;
}

/**
 * Anything that gives access tokens. A `TokenCredential` of `@azure/identity` fits as it is.
 * The SDK keeps a token until shortly before it ends, so an implementation need not.
 */
export interface TokenCredential {
  getToken(scopes: string | string[], options?: { abortSignal?: AbortSignal }): Promise<AccessToken | null>;
}

/** A token is renewed this long before it ends, or at a fifth of its life if that is shorter. */
const renewalMarginMsMax = 120_000;

/** Keeps one access token and renews it before it ends: one renewal at a time, shared by all calls that wait for it. */
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

  /** A token that is good now. Throws an `AuthenticationError`, or what the credential throws. */
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
      // Not the signal of the call that happens to come first: others wait for the same token.
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
