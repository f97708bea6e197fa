import type { TextName } from '../texts/en-us.ts';

const loopback = /^(127\.0\.0\.1|localhost|\[::1\])$/;

/** Azure AD's address for programs that show the code instead of receiving it. */
export const outOfBand = 'urn:ietf:wg:oauth:2.0:oob';

/**
 * Why a redirect URI cannot be registered; undefined when it can: https, http on this machine only, or a program's own
 * scheme (RFC 8252). Schemes that browsers run or read themselves are refused.
 */
export function redirectUriProblem(uri: string): TextName | undefined {
  if (uri === outOfBand) return undefined;
  // Parsing drops control characters and encodes others, but URIs are compared as they were written.
  if (!/^[\x21-\x7e]+$/.test(uri) || !URL.canParse(uri)) return 'notAbsoluteUri';
  const { protocol, hostname, hash, username, password } = new URL(uri);
  if (hash !== '' || uri.includes('#')) return 'uriFragment';
  if (username !== '' || password !== '') return 'uriUserName';
  if (protocol === 'https:') return undefined;
  if (protocol === 'http:') return loopback.test(hostname) ? undefined : 'uriNotHttps';
  return /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/.test(protocol) ? undefined : 'uriScheme';
}

/** Whether users may be sent back to `uri`: it is registered exactly, or on loopback with any port (RFC 8252, 7.3). */
export function isRegistered(uri: string, registered: readonly string[]): boolean {
  return registered.some((one) => one === uri || isSameLoopback(uri, one));
}

function isSameLoopback(uri: string, registered: string): boolean {
  if (!URL.canParse(uri) || !URL.canParse(registered)) return false;
  const [asked, known] = [new URL(uri), new URL(registered)];
  if (asked.protocol !== 'http:' || known.protocol !== 'http:' || !loopback.test(asked.hostname))
    return false;
  if (asked.username !== '' || asked.password !== '' || asked.hash !== '') return false;
  return (
    asked.hostname === known.hostname && asked.pathname === known.pathname && asked.search === known.search
  );
}
