import assert from 'node:assert/strict';
import { test } from 'node:test';
import { surveyInput } from '../../src/upload/survey-input.ts';

test('Ctrl-C ends the reading of an input of any size', async () => {
  const interruption = new AbortController();
  let chunks = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('Windows Product ID\n');
    for (; chunks < 1_000; chunks += 1) {
      if (chunks === 10) interruption.abort();
      yield Buffer.from('1234567890123\n'.repeat(1_000));
    }
  }
  const reading = surveyInput([{ name: '-', open: endless }], interruption.signal);
  await assert.rejects(reading, { name: 'AbortError' });
  assert.ok(chunks < 100);
});
