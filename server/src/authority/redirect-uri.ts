import { phrase, type Phrase } from '@muster/contract';

const loopback = /^(127\.0\.0\.1|localhost|\[::1\])$/;

/** Azure AD's address for programs that show the code instead of receiving it. */
export const outOfBand = 'urn:ietf:wg:oauth:2.0:oob';

/**
 * Why a redirect URI cannot be registered; undefined when it can: https, http on this machine only, or a program's own
 * scheme (RFC 8252). Schemes that browsers run or read themselves are refused.
 */
export function redirectUriProblem(uri: string): Phrase | undefined {
  if (uri === outOfBand) return undefined;
  // Parsing drops control characters and encodes others, but URIs are compared as they were written.
  if (!/^[\x21-\x7e]+$/.test(uri) || !URL.canParse(uri)) return phrase('is no absolute URI', '不是絕對 URI');
  const { protocol, hostname, hash, username, password } = new URL(uri);
  if (hash !== '' || uri.includes('#')) return phrase('must have no fragment', '不得有片段');
  if (username !== '' || password !== '') return phrase('must have no user name', '不得有使用者名稱');
  if (protocol === 'https:') return undefined;
  if (protocol === 'http:')
    return loopback.test(hostname)
      ? undefined
      : phrase(
          'must be https, except on 127.0.0.1, [::1] or localhost',
          '必須是 https；127.0.0.1、[::1] 與 localhost 除外',
        );
  return /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/.test(protocol)
    ? undefined
    : phrase(
        'must be https, loopback http, or have a scheme with a dot, as com.example.app:',
        '必須是 https、本機的 http，或有句點的配置，例如 com.example.app:',
      );
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
