import { createHmac, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { SlowHasher } from './slow-hash.ts';

const rememberedMax = 1000;

/** Tells whether a secret is one of an application's. */
export interface ApplicationSecretCheck {
  /** Whether this secret was found good before, against one of these hashes. Costs next to nothing. */
  isRemembered(secret: string, secretHashes: readonly string[]): boolean;
  /** Whether it is behind one of these hashes. */
  matches(secret: string, secretHashes: readonly string[]): Promise<boolean>;
}

/**
 * Checks with the slow hash, and remembers what it found good under a key that lives in this process only. An
 * application that asks for tokens again and again so costs one slow hash, and a deleted secret is still refused at
 * once, because its hash is no longer given.
 */
export function createApplicationSecretCheck(hasher: SlowHasher): ApplicationSecretCheck {
  const key = randomBytes(32);
  const remembered = new LRUCache<string, true>({ max: rememberedMax });
  const nameOf = (secret: string, secretHash: string): string =>
    createHmac('sha256', key).update(`${secretHash}\n${secret}`).digest('base64');
  const isRemembered = (secret: string, secretHashes: readonly string[]): boolean =>
    secretHashes.some((secretHash) => remembered.get(nameOf(secret, secretHash)) === true);

  return {
    isRemembered,
    matches: async (secret, secretHashes) => {
      if (isRemembered(secret, secretHashes)) return true;
      for (const secretHash of secretHashes) {
        if (!(await hasher.matches(secret, secretHash))) continue;
        remembered.set(nameOf(secret, secretHash), true);
        return true;
      }
      return false;
    },
  };
}
