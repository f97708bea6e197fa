import { WireError } from '@muster/contract';
import { redirectUriProblem } from '../../../authority/redirect-uri.ts';

/** Throws InvalidInput for a redirect URI that must not be registered. */
export function checkRedirectUris(uris: readonly string[]): void {
  for (const [position, uri] of uris.entries()) {
    const problem = redirectUriProblem(uri);
    if (problem !== undefined)
      throw new WireError('InvalidInput', { member: `redirectUris[${position}]`, problem });
  }
}
