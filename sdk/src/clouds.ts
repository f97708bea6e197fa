/** Where a Partner Center cloud answers. */
export interface Cloud {
  /** The API is at `{baseUrl}/v1`. */
  readonly baseUrl: string;
  /** Tokens come from `{authority}/{tenant}/oauth2/v2.0/token`. */
  readonly authority: string;
  /** What access tokens are asked for. */
  readonly scopes: readonly string[];
}

const globalBaseUrl = 'https://api.partnercenter.microsoft.com';
const chinaBaseUrl = 'https://partner.partnercenterapi.microsoftonline.cn';

/**
 * The clouds of Partner Center. For a Muster server, or any other host, give `baseUrl` and the credential's `authority`.
 * https://learn.microsoft.com/partner-center/developer/partner-center-rest-urls
 */
export const clouds = {
  global: {
    baseUrl: globalBaseUrl,
    authority: 'https://login.microsoftonline.com',
    scopes: [`${globalBaseUrl}/.default`],
  },
  china21Vianet: {
    baseUrl: chinaBaseUrl,
    authority: 'https://login.chinacloudapi.cn',
    scopes: [`${chinaBaseUrl}/.default`],
  },
  germany: {
    baseUrl: globalBaseUrl,
    authority: 'https://login.microsoftonline.de',
    scopes: [`${globalBaseUrl}/.default`],
  },
  usGovernment: {
    baseUrl: globalBaseUrl,
    authority: 'https://login.microsoftonline.us',
    scopes: [`${globalBaseUrl}/.default`],
  },
} as const satisfies Record<string, Cloud>;

/** The name of a Partner Center cloud. */
export type CloudName = keyof typeof clouds;
