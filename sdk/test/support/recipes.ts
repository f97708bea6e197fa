/** What the recipes of the README take for granted: named there, made by the reader. */
export const recipeSurroundings = `
import type { CustomerOperations, Partner, SubmittedDevice, TokenCredential } from '@muster/sdk';

declare global {
  const partner: Partner;
  const customer: CustomerOperations;
  const customerId: string;
  const credentials: TokenCredential;
  const devices: SubmittedDevice[];
  const trackingId: string;
  const deviceId: string;
  function readRows(file: string): AsyncIterable<{ serial: string; hash: string }>;
  function saveSecret(name: string, value: string): Promise<void>;
}
`;

/** As that package declares it: its credentials must fit without an adapter. */
export const azureIdentity = `
declare module '@azure/identity' {
  interface AbortSignalLike {
    readonly aborted: boolean;
    addEventListener(type: 'abort', listener: (this: AbortSignalLike, ev: any) => any, options?: any): void;
    removeEventListener(type: 'abort', listener: (this: AbortSignalLike, ev: any) => any, options?: any): void;
  }
  interface GetTokenOptions {
    abortSignal?: AbortSignalLike;
    requestOptions?: { timeout?: number };
    claims?: string;
    tenantId?: string;
  }
  interface AccessToken {
    token: string;
    expiresOnTimestamp: number;
    refreshAfterTimestamp?: number;
    tokenType?: 'Bearer' | 'pop';
  }
  class ManagedIdentityCredential {
    getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken>;
  }
}
`;

/** The TypeScript blocks of a Markdown text, each a module of its own. */
export function readRecipes(markdown: string): string[] {
  return Array.from(markdown.matchAll(/^```ts\n(.*?)^```/gms), ([, code = '']) => `${code}\nexport {};\n`);
}
