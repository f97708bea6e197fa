import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newCustomerId, startTestMuster } from '../../../server/test/support/muster.ts';
import { BadRequestError, clientSecretCredential, connectPartner } from '../../src/index.ts';
import { countingCredential } from '../support/counting-credential.ts';
import { newDevices } from '../support/devices.ts';
import { startScriptedServer } from '../support/scripted-server.ts';

const muster = await startTestMuster();
const credentials = clientSecretCredential(muster.credentials);

test('events are told while they happen, and leaving the loop closes the stream', async () => {
  const partner = connectPartner({ baseUrl: muster.url, credentials });
  const customer = partner.customers.byId(newCustomerId());
  const opened = Promise.withResolvers<void>();
  const uploading = opened.promise.then(() =>
    customer.deviceBatches.create({ batchId: 'Told', devices: newDevices(1) }),
  );
  for await (const event of partner.events.stream({ onOpen: opened.resolve })) {
    assert.equal(event.type, 'batch_job.finished');
    assert.equal(event.data.trackingId, (await uploading).trackingId);
    break;
  }
  const [listed] = await partner.events.list().toArray();
  assert.equal(listed?.type, 'batch_job.finished');
});

/** An event as it is sent, with the id from which it is sent again. */
function ping(id: string): string {
  return `id: ${id}\nevent: ping\ndata: {"eventId":"${id}"}\n\n`;
}

test('a stream that breaks goes on where it was; a request that is refused ends it', async (t) => {
  const server = await startScriptedServer(t, [
    { status: 200, body: `retry: 3000\n\nid: 1\n\n${ping('1')}:\n\nid: 2\n\n` },
    'cut',
    { status: 200, body: `id: 2\n\n${ping('2')}` },
    { status: 400, body: { code: '2000', description: 'No.' } },
  ]);
  const runtime = { now: () => 0, elapsedMs: () => 0, random: () => 0, sleep: () => Promise.resolve() };
  const partner = connectPartner({ baseUrl: server.url, credentials: countingCredential(), runtime });
  const seen: string[] = [];
  let opened = 0;
  await assert.rejects(async () => {
    for await (const { eventId } of partner.events.stream({ onOpen: () => (opened += 1) }))
      seen.push(eventId);
  }, BadRequestError);
  assert.deepEqual(seen, ['1', '2']);
  assert.equal(opened, 2);
  assert.deepEqual(
    server.requests.map(({ headers }) => headers['last-event-id']),
    [undefined, '2', '2', '2'],
  );
});
