import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseLocale } from '@muster/contract/locale';
import { enUs } from '../../src/messages/en-us.ts';
import { createSay } from '../../src/messages/message.ts';
import { zhTw } from '../../src/messages/zh-tw.ts';

function namesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)/g)].flatMap(([, name]) => name ?? []))].sort();
}

test('both languages say every message with the same values', () => {
  assert.deepEqual(Object.keys(zhTw).sort(), Object.keys(enUs).sort());
  for (const [key, text] of Object.entries(enUs)) {
    assert.deepEqual(namesIn(zhTw[key as keyof typeof enUs]), namesIn(text), key);
  }
});

test('a message takes its values, and one device is no devices', () => {
  const say = createSay('en-US');
  assert.equal(say('uploadStarting', { count: 1, batch: 'May' }), 'Uploading 1 device to batch "May"');
  assert.equal(
    say('uploadStarting', { count: 2, batch: '{count}' }),
    'Uploading 2 devices to batch "{count}"',
  );
});

test('Traditional Chinese for those who read it, English for everybody else', () => {
  for (const tag of ['zh-TW', 'zh_TW.UTF-8', 'zh-Hant', 'zh_HK.UTF-8', 'ZH-tw'])
    assert.equal(chooseLocale(tag), 'zh-TW');
  for (const tag of ['en-US', 'de_DE.UTF-8', 'zh_CN.UTF-8', 'C', 'POSIX', '', undefined])
    assert.equal(chooseLocale(tag), 'en-US');
});
