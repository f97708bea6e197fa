/** Where a Partner Center cloud answers. */
export interface Cloud {
  /** The API is at `{baseUrl}/v1`. */
  readonly baseUrl: string;
  /** Tokens come from `{authority}/{tenant}/oauth2/v2.0/token`. */
  readonly authority: string;
  /** What an access token is asked for. */
  readonly scopes: readonly string[];
}

/** The clouds of Partner Center. For Muster or any other host give `baseUrl` (and the credential's `authority`). */
export const clouds = {
  global: {
    baseUrl: 'https://api.partnercenter.microsoft.com',
    authority: 'https://login.microsoftonline.com',
    scopes: ['https://api.partnercenter.microsoft.com/.default'],
  },
} as const satisfies Record<string, Cloud>;

/** The name of a Partner Center cloud. */
export type CloudName = keyof typeof clouds;
