import assert from 'node:assert/strict';
import { test } from 'node:test';
import { autopilotHeader, sampleLine } from '../support/device-lines.ts';
import { readLines, useService } from '../support/service.ts';

test('who uploaded what is listed as a table, as lines, and as JSON', async (t) => {
  const { run, customerId } = await useService(t);
  const stdin = `${autopilotHeader}\n${sampleLine('a', 1)}\n`;
  const uploaded = await run(['devices', 'upload', '-', '-b', 'Audited', '--no-wait'], { stdin });
  const trackingId = uploaded.stdout.trim();
  const json = await run(['audit', 'list', '--customer', customerId, '--json']);
  assert.equal(json.exitCode, 0, json.stderr);
  const [record] = readLines(json.stdout);
  assert.deepEqual([record?.operation, record?.result], ['createDeviceBatch', 'succeeded']);
  const lines = await run(['audit', 'list', '--operation', 'createDeviceBatch', '--limit', '1']);
  assert.ok(lines.stdout.includes(`batchTrackingId=${trackingId}`), lines.stdout);
  const table = await run(['audit', 'list', '--limit', '1'], { isTTY: true, columns: 250 });
  assert.match(table.stdout, /TIME +ACTOR +OPERATION +RESULT/);
  const wrong = await run(['audit', 'list', '--until', 'tomorrow']);
  assert.equal(wrong.exitCode, 1);
  assert.match(wrong.stderr, /until must be a date/);
});
