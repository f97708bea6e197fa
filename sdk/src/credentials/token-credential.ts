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
