import type { TokenCredential } from '../../src/index.ts';

/** A credential whose tokens are `token-1`, `token-2` and so on, each good for an hour of the given clock. */
export function countingCredential(
  now: () => number = Date.now,
): TokenCredential & { readonly asked: string[][] } {
  const asked: string[][] = [];
  return {
    asked,
    getToken: (scopes) => {
      const token = `token-${asked.push([scopes].flat())}`;
      return Promise.resolve({ token, expiresOnTimestamp: now() + 3_600_000 });
    },
  };
}
