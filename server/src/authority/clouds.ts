/** A cloud of Partner Center, as far as sign-in is concerned (`docs/wire.md` 7 and 11.1). */
interface Cloud {
  /** The audiences of access tokens. */
  readonly audience: string;
  /** Azure AD Graph, for which Partner Center stopped accepting tokens in 2025. */
  readonly retiredAudience: string;
  /** The names of the cloud's sign-in service. */
  readonly signInHosts: readonly string[];
}

const clouds = [
  {
    audience: 'https://api.partnercenter.microsoft.com',
    retiredAudience: 'https://graph.windows.net',
    signInHosts: [
      'login.microsoftonline.com',
      'login.windows.net',
      'login.microsoft.com',
      'sts.windows.net',
      'login.microsoftonline.us',
      'login.microsoftonline.de',
    ],
  },
  {
    audience: 'https://partner.partnercenterapi.microsoftonline.cn',
    retiredAudience: 'https://graph.chinacloudapi.cn',
    signInHosts: ['login.chinacloudapi.cn', 'login.partner.microsoftonline.cn'],
  },
] as const satisfies readonly Cloud[];

/** The audiences of Partner Center's clients. */
export const partnerCenterAudiences: readonly string[] = clouds.flatMap((cloud) => [
  cloud.audience,
  cloud.retiredAudience,
]);

/** The audience of a token if the sign-in specifies none. */
export const defaultAudience = clouds[0].audience;

/** What to request instead of a retired audience; undefined for any other audience. */
export function successorOf(audience: string | undefined): string | undefined {
  return clouds.find(({ retiredAudience }) => retiredAudience === audience)?.audience;
}

/** Microsoft's names of the sign-in service that a host is one of; empty for any other host. */
export function signInHostsOf(host: string): readonly string[] {
  return clouds.find(({ signInHosts }: Cloud) => signInHosts.includes(host))?.signInHosts ?? [];
}
