import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchTotp, toBase32, totpCode, totpStep, totpUri } from '../../src/authority/totp.ts';

const secret = Buffer.from('12345678901234567890');

test('codes are those of RFC 6238, appendix B', () => {
  // The appendix shows eight digits; a code of six is their end.
  const vectors: [number, string][] = [
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ];
  for (const [seconds, eightDigits] of vectors)
    assert.equal(totpCode(secret, totpStep(new Date(seconds * 1000))), eightDigits.slice(2));
});

test('a code counts while it is shown and for half a minute before and after, typed with or without spaces', () => {
  const step = 1_000_000;
  const at = (offset: number): Date => new Date((step + offset) * 30_000);
  const code = totpCode(secret, step);
  assert.equal(matchTotp(secret, `${code.slice(0, 3)} ${code.slice(3)}`, at(0)), step);
  for (const offset of [-1, 1]) assert.equal(matchTotp(secret, code, at(offset)), step);
  for (const offset of [-2, 2]) assert.equal(matchTotp(secret, code, at(offset)), undefined);
  for (const typed of ['', code.slice(1), `${code}0`, 'abcdef', '１２３４５６'])
    assert.equal(matchTotp(secret, typed, at(0)), undefined);
});

test('the key is base32 as apps read it, and the QR code names the account', () => {
  assert.equal(toBase32(secret), 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  assert.equal(
    totpUri(secret, 'ada+x@contoso.example'),
    'otpauth://totp/Muster:ada%2Bx%40contoso.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Muster',
  );
});
