import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { RegistryError } from '../../src/registry/registry-error.ts';
import { decodePageToken, encodePageToken } from '../../src/registry/page-token.ts';

const key = randomBytes(32);
const scope = { key, list: 'devices a 1' };

function isRefused(decode: () => unknown): void {
  assert.throws(
    decode,
    (error) => error instanceof RegistryError && error.refusal.kind === 'page-token-invalid',
  );
}

test('law: a token gives back the place it was made of, and no two tokens are the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (place) => {
      const token = encodePageToken(scope, place);
      assert.match(token, /^[\w-]+$/);
      assert.equal(decodePageToken(scope, token), place);
      assert.notEqual(encodePageToken(scope, place), token);
    }),
  );
});

test('law: a token with any character changed, added or taken away is refused', () => {
  const token = encodePageToken(scope, 'place');
  fc.assert(
    fc.property(
      fc.nat(token.length),
      fc.constantFrom('A', 'b', '9', '-', '', '='),
      fc.boolean(),
      (at, text, isInserted) => {
        const bent = token.slice(0, at) + text + token.slice(isInserted ? at : at + 1);
        fc.pre(bent !== token);
        isRefused(() => decodePageToken(scope, bent));
      },
    ),
  );
});

test('a token of another list or of another key is refused', () => {
  const token = encodePageToken(scope, 'place');
  isRefused(() => decodePageToken({ key, list: 'devices a 2' }, token));
  isRefused(() => decodePageToken({ key: randomBytes(32), list: scope.list }, token));
});

test('what is no token at all is refused', () => {
  fc.assert(fc.property(fc.string(), (text) => isRefused(() => decodePageToken(scope, text))));
});
