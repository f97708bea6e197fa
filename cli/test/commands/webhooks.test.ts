import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLines, useService } from '../support/service.ts';

const to = 'https://hooks.example/muster';

test('an endpoint is created with its secret, shown, changed, given a new secret, tried out, and removed', async (t) => {
  const { run } = await useService(t);
  const created = await run([
    'webhooks',
    'create',
    '--to',
    to,
    '--event',
    'ping',
    '--description',
    'Tickets',
  ]);
  assert.equal(created.exitCode, 0, created.stderr);
  const [id = '', secret = ''] = created.stdout.split('\n');
  assert.match(secret, /^whsec_[\w+/]+=*$/);
  assert.match(created.stderr, /cannot be shown again/);
  const shown = await run(['webhooks', 'show', id]);
  assert.equal(shown.stdout, `${id}\t${to}\tenabled\tping\tall\n`);
  const updated = await run(['webhooks', 'update', id, '--event', 'all', '--disable', '--json']);
  const [endpoint] = readLines(updated.stdout);
  assert.deepEqual([endpoint?.eventTypes, endpoint?.disabledReason], [[], 'requested']);
  const refused = await run(['webhooks', 'ping', id]);
  assert.equal(refused.exitCode, 1);
  assert.match(refused.stderr, /is disabled/);
  assert.equal((await run(['webhooks', 'update', id, '--enable'])).exitCode, 0);
  const rotated = await run(['webhooks', 'rotate-secret', id, '--former-key-hours', '1']);
  assert.notEqual(rotated.stdout.split('\n')[1], secret);
  const pinged = await run(['webhooks', 'ping', id]);
  const eventId = pinged.stdout.trim();
  const deliveries = await run(['webhooks', 'deliveries', id, '--json']);
  assert.deepEqual(
    readLines(deliveries.stdout).map((delivery) => [delivery.eventId, delivery.eventType]),
    [[eventId, 'ping']],
  );
  const again = await run(['webhooks', 'resend', id, eventId, '--json']);
  assert.deepEqual(readLines(again.stdout), [{ eventId }]);
  assert.equal((await run(['webhooks', 'remove', id])).exitCode, 2, 'asks first');
  assert.equal((await run(['webhooks', 'remove', id, '--yes'])).exitCode, 0);
  const none = await run(['webhooks', 'list'], { isTTY: true });
  assert.equal(none.stderr, 'No items found.\n');
});

test('a public key takes the place of a secret, and what cannot be an endpoint is said in one line', async (t) => {
  const { run } = await useService(t);
  const created = await run(['webhooks', 'create', '--to', to, '--ed25519']);
  assert.match(created.stdout, /\nwhpk_/);
  const [id = ''] = created.stdout.split('\n');
  const local = await run(['webhooks', 'create', '--to', 'http://localhost:8090/']);
  assert.equal(local.exitCode, 1);
  assert.match(local.stderr, /url is a loopback, private/);
  for (const words of [['create'], ['create', '--to', to, '--event', 'none'], ['update', id], ['show']])
    assert.equal((await run(['webhooks', ...words])).exitCode, 2, words.join(' '));
  assert.equal((await run(['webhooks', 'update', id, '--enable', '--disable'])).exitCode, 2);
});
