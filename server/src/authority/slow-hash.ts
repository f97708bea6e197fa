import { createHmac, randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { LRUCache } from 'lru-cache';
import { createHashQueue, type HashShare } from './hash-queue.ts';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** OWASP's recommended cost for one lane; about 30 ms and 16 MB here. */
const cost = { N: 16_384, r: 8, p: 1 };

/** A shorter hash would match more than its secret, an empty one everything. */
const hashBytes = 32;

/** More than this many characters is no secret of ours, and hashing it would only cost time. */
const secretCharactersMax = 1024;

/** A hash that nothing matches: comparing with it takes as long as with a real one, so that time tells no names. */
const nobodysHash = writeHash(Buffer.alloc(16), Buffer.alloc(hashBytes));

/** Hashes secrets slowly, so that a stolen database does not give them away. */
export interface SlowHasher {
  /** A salted hash with its own parameters: `scrypt$N$r$p$salt$hash`. */
  hash(secret: string): Promise<string>;
  /**
   * Whether a secret is the one behind a hash, compared in constant time. False for a hash it cannot read, and, after the
   * same time, for none.
   */
  matches(secret: string, secretHash: string | undefined, share: HashShare): Promise<boolean>;
}

/**
 * A hasher that does `atOnce` hashes at the same time: each blocks a thread that files and name look-ups need too.
 * The others wait in fair turns, `waitingMax` of each kind; more are refused with a TokenError, so that a flood of
 * sign-ins costs bounded work.
 */
export function createSlowHasher(options: { atOnce: number; waitingMax: number }): SlowHasher {
  const enqueue = createHashQueue(options);
  return {
    hash: async (secret) => {
      const salt = randomBytes(16);
      const share = { kind: 'administration', address: '' } as const;
      return writeHash(salt, await enqueue(share, () => derive(secret, salt, hashBytes, cost)));
    },
    matches: async (secret, secretHash = nobodysHash, share) => {
      const [kind, N, r, p, salt, hash] = secretHash.split('$');
      if (kind !== 'scrypt' || salt === undefined || hash === undefined) return false;
      const expected = Buffer.from(hash, 'base64url');
      if (secret.length > secretCharactersMax || expected.length !== hashBytes) return false;
      const parameters = { N: Number(N), r: Number(r), p: Number(p), maxmem: 256 * 1024 * 1024 };
      const actual = await enqueue(share, () =>
        derive(secret, Buffer.from(salt, 'base64url'), hashBytes, parameters),
      );
      return timingSafeEqual(actual, expected);
    },
  };
}

function writeHash(salt: Buffer, hash: Buffer): string {
  const parts = [cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')];
  return ['scrypt', ...parts].join('$');
}

const rememberedMax = 1000;

/** Tells whether a secret is one of an application's. */
export interface ApplicationSecretCheck {
  /** Whether this secret was found good before, against one of these hashes. Costs next to nothing. */
  isRemembered(secret: string, secretHashes: readonly string[]): boolean;
  /** Whether it is behind one of these hashes. Without any, false after as long as with one. */
  matches(secret: string, secretHashes: readonly string[], address: string): Promise<boolean>;
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

  return {
    isRemembered: (secret, secretHashes) =>
      secretHashes.some((secretHash) => remembered.get(nameOf(secret, secretHash)) === true),
    matches: async (secret, secretHashes, address) => {
      const share = { kind: 'application', address } as const;
      if (secretHashes.length === 0) await hasher.matches(secret, undefined, share);
      for (const secretHash of secretHashes) {
        if (!(await hasher.matches(secret, secretHash, share))) continue;
        remembered.set(nameOf(secret, secretHash), true);
        return true;
      }
      return false;
    },
  };
}
