import type { Application } from '../store/access/applications.ts';

/** The web console’s own application. It has no partner: users of every partner sign in to it. */
export const consoleClientId = 'c5f0a9de-6a04-4c1c-9b0e-0d3f6c1e7a52';

/** Where the console is, below the public URL. */
export const consolePath = '/console/';

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Where users of an application may be sent back to. For the console, that is its page at the public URL, and under the
 * other names of this machine where that is on this machine itself.
 */
export function redirectUrisOf(publicUrl: string, application: Application): readonly string[] {
  if (application.partnerId !== undefined) return application.redirectUris;
  const signedIn = `${publicUrl}${consolePath}signed-in`;
  const { hostname, port } = new URL(publicUrl);
  if (!publicUrl.startsWith('http:') || !loopbackNames.includes(hostname)) return [signedIn];
  return [signedIn, ...loopbackNames.map((name) => `http://${name}:${port}${consolePath}signed-in`)];
}
