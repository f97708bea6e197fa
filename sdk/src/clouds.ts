/** The addresses of a Partner Center cloud. */
export interface Cloud {
  /** The API is at `{baseUrl}/v1`. */
  readonly baseUrl: string;
  /** Tokens come from `{authority}/{tenant}/oauth2/v2.0/token`. */
  readonly authority: string;
  /** The scopes for which access tokens are requested. */
  readonly scopes: readonly string[];
}

const globalBaseUrl = 'https://api.partnercenter.microsoft.com';
const chinaBaseUrl = 'https://partner.partnercenterapi.microsoftonline.cn';

/**
 * The clouds of Partner Center. For Muster or any other host, set `baseUrl` and the `authority` of the credential instead.
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
