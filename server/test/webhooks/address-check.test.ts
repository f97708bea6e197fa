import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAddressCheck, parseNetwork } from '../../src/registry/webhooks/address-check.ts';
import { AddressNotAllowedError, sendWebhook } from '../../src/jobs/webhooks/send-webhook.ts';
import { startWebhookReceiver } from '../support/webhook-receiver.ts';

const receiver = await startWebhookReceiver();
const message = { headers: { 'content-type': 'application/json' }, body: '{}' };
const { signal } = new AbortController();

test('only addresses of the public internet are allowed, and those of the networks that were named', () => {
  const allows = createAddressCheck(['10.20.0.0/16', '127.0.0.1', 'fd00:1::/32']);
  for (const address of ['93.184.216.34', '10.20.255.1', '127.0.0.1', '2606:4700::1', 'fd00:1::5'])
    assert.equal(allows(address), true, address);
  const special =
    '0.0.0.0 10.21.0.1 127.0.0.2 100.64.0.1 169.254.169.254 172.31.0.1 192.168.1.1 192.0.0.8 198.18.0.1 203.0.113.5 ' +
    '224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 fe80::1 fe80::1%eth0 fc00::1 fd00:2::1 ff02::1 2001:db8::1 2001::1 ' +
    '::ffff:10.0.0.1 ::ffff:7f00:2 64:ff9b::a00:1 2002:a00:1:: ::10.0.0.1 localhost';
  for (const address of special.split(' ')) assert.equal(allows(address), false, address);
});

test('a network that is none is refused', () => {
  for (const text of ['', 'localhost', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/', '::/129', '10.0.0.0/-1'])
    assert.throws(() => parseNetwork(text), RangeError, text);
});

test('nothing is sent to an address that is not allowed, whether the URL says it or a name stands for it', async () => {
  const asked: string[] = [];
  const allowsAddress = (address: string) => {
    asked.push(address);
    return false;
  };
  const port = new URL(receiver.url).port;
  for (const host of ['127.0.0.1', 'localhost', '[::1]'])
    await assert.rejects(
      sendWebhook({ ...message, url: `http://${host}:${port}/none` }, { allowsAddress, signal }),
      AddressNotAllowedError,
    );
  assert.ok(asked.includes('127.0.0.1') || asked.includes('::1'));
  const url = `http://localhost:${port}/some`;
  await sendWebhook({ ...message, url }, { allowsAddress: createAddressCheck(['127.0.0.1', '::1']), signal });
  assert.equal((await receiver.next('/some')).headers.host, `localhost:${port}`);
});
