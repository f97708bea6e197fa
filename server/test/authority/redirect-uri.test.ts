import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isRegistered, redirectUriProblem } from '../../src/authority/redirect-uri.ts';

const registered = [
  'https://app.example/done',
  'http://127.0.0.1/done?x=1',
  'http://[::1]/',
  'com.example.app:/done',
];

test('what is registered is accepted as it stands', () => {
  for (const uri of registered) {
    assert.equal(redirectUriProblem(uri), undefined, uri);
    assert.equal(isRegistered(uri, registered), true, uri);
  }
});

test('on loopback any port is accepted, and nothing else may differ', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 65_535 }), (port) => {
      assert.equal(isRegistered(`http://127.0.0.1:${port}/done?x=1`, registered), true);
      assert.equal(isRegistered(`http://127.0.0.1:${port}/done`, registered), false);
      assert.equal(isRegistered(`http://localhost:${port}/done?x=1`, registered), false);
      assert.equal(isRegistered(`https://127.0.0.1:${port}/done?x=1`, registered), false);
      assert.equal(isRegistered(`http://user@127.0.0.1:${port}/done?x=1`, registered), false);
      assert.equal(isRegistered(`https://app.example:${port}/done`, registered), false);
    }),
  );
});

test('no text but a registered one is accepted outside loopback', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string(), (url, text) => {
      assert.equal(isRegistered(url, registered), false);
      assert.equal(isRegistered(`https://app.example/done${text}`, registered), text === '');
    }),
  );
});

test('a redirect URI with a character that no URI has is not registered', () => {
  for (const character of ['\0', '\n', ' ', '\u007f', 'é', '\ud800'])
    assert.notEqual(redirectUriProblem(`https://app.example/${character}done`), undefined);
});
