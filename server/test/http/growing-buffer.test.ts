import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GrowingBuffer } from '../../src/http/growing-buffer.ts';

test('law: a body is what came, in order, whatever was announced', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), fc.nat(2000), (chunks, announced) => {
      const body = new GrowingBuffer(announced);
      for (const chunk of chunks) body.add(Buffer.from(chunk));
      assert.deepEqual(body.toBuffer(), Buffer.concat(chunks));
    }),
  );
});

test('a client that announces much and sends little gets little memory', () => {
  const body = new GrowingBuffer(16_777_216);
  body.add(Buffer.alloc(1000));
  body.add(Buffer.alloc(1000));
  assert.ok(body.toBuffer().buffer.byteLength <= 8000);
});
