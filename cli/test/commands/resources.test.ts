import assert from 'node:assert/strict';
import { test } from 'node:test';
import { autopilotHeader, sampleLine } from '../support/device-lines.ts';
import { readLines, useService, type Service } from '../support/service.ts';

async function uploadTwo({ run }: Service, series: string): Promise<void> {
  const stdin = `${autopilotHeader}\n${sampleLine(series, 1)}\n${sampleLine(series, 2)}\n`;
  const { exitCode, stderr } = await run(['devices', 'upload', '-', '-b', 'Test batch #1'], { stdin });
  assert.equal(exitCode, 0, stderr);
}

test('batches list: a table on a terminal, lines elsewhere, objects with --json, and "None." for none', async (t) => {
  const service = await useService(t);
  assert.match((await service.run(['batches', 'list'], { isTTY: true })).stderr, /No items found\./);
  await uploadTwo(service, 'bl');
  const table = await service.run(['batches', 'list'], { isTTY: true });
  assert.match(table.stdout, /^BATCH +DEVICES +CREATED/);
  assert.match(table.stdout, /^Test batch #1 +2 +20/m);
  assert.match((await service.run(['batches', 'list'])).stdout, /^Test batch #1\t2\t20[^\n]*\n$/);
  assert.equal(readLines((await service.run(['batches', 'list', '--json'])).stdout)[0]?.id, 'Test batch #1');
});

test('devices list gives every device; what it prints as JSON is read as input again', async (t) => {
  const service = await useService(t);
  await uploadTwo(service, 'dl');
  const { stdout } = await service.run(['devices', 'list', '--batch', 'test BATCH #1', '--json']);
  assert.deepEqual(
    readLines(stdout)
      .map(({ serialNumber }) => serialNumber)
      .sort(),
    ['00dl0000001', '00dl0000002'],
  );
  assert.ok(!/hardwareHash/i.test(stdout));
  const lines = await service.run(['devices', 'list', '--batch', 'Test batch #1']);
  assert.equal(lines.stdout.trimEnd().split('\n').length, 2);
});

test('devices remove asks on a terminal, wants --yes elsewhere, and tells what is not there', async (t) => {
  const service = await useService(t);
  await uploadTwo(service, 'dr');
  const batch = ['--batch', 'Test batch #1'];
  const [first, second] = readLines((await service.run(['devices', 'list', ...batch, '--json'])).stdout).map(
    ({ id }) => String(id),
  );
  assert.ok(first && second);
  assert.equal((await service.run(['devices', 'remove', first, ...batch])).exitCode, 2);
  const refused = await service.run(['devices', 'remove', first, ...batch], { isTTY: true, answers: ['n'] });
  assert.equal(refused.exitCode, 1);
  assert.match(
    refused.questions[0] ?? '',
    /Remove 1 device in batch "Test batch #1" from the customer\? \[y\/N\]/,
  );
  const removed = await service.run(['devices', 'remove', first, ...batch, '--json'], {
    isTTY: true,
    answers: ['y'],
  });
  assert.deepEqual(readLines(removed.stdout), [{ deviceId: first, status: 'removed' }]);
  const rest = await service.run(['devices', 'remove', '-', ...batch, '--yes'], {
    stdin: `${first}\n${second}\n`,
  });
  assert.equal(rest.exitCode, 3);
  assert.equal(rest.stdout, `Device ${first} is not in the batch.\nDevice ${second} removed.\n`);
});

test('a device is chosen by its serial number where the customer has only one of that number', async (t) => {
  const service = await useService(t);
  await uploadTwo(service, 'ds');
  const stdin = 'Serial,Make,Model\nS-1,Contoso,Book\nS-1,Contoso,Slate\n';
  await service.run(['devices', 'upload', '-', '-b', 'Other'], { stdin });
  const remove = (...words: string[]) => service.run(['devices', 'remove', ...words, '--yes']);
  assert.match((await remove('S-1')).stderr, /Several devices of the customer have the serial number "S-1"/);
  assert.match((await remove('S-2')).stderr, /no device with the serial number "S-2"/);
  assert.match((await remove('00ds0000001', '-b', 'Other')).stderr, /no device with the serial number/);
  assert.match((await remove('00ds0000001')).stdout, /^Device [0-9a-f-]{36} removed\.\n$/);
  const assigned = await service.run(['devices', 'assign', '00ds0000002', '--unassign']);
  assert.equal(assigned.exitCode, 0, assigned.stderr);
  assert.equal((await remove('9ecb3e06-4c21-4c1a-b8d9-2b8a0a6b2d11')).exitCode, 2);
});

test('a policy is created, listed, changed, assigned to all devices of a batch, taken away, and deleted', async (t) => {
  const service = await useService(t);
  await uploadTwo(service, 'po');
  const batch = ['--batch', 'Test batch #1'];
  const created = await service.run(['policies', 'create', '--name', 'Standard', '-s', 'skip_eula']);
  assert.equal(created.exitCode, 0, created.stderr);
  const id = created.stdout.trim();
  assert.match(id, /^[0-9a-f-]{36}$/);

  const changed = await service.run(['policies', 'update', id, '--description', 'for all', '--json']);
  const policy = JSON.parse(changed.stdout) as { name: string; policySettings: string[] };
  assert.deepEqual([policy.name, policy.policySettings], ['Standard', ['skip_eula']]);

  const assigned = await service.run(['devices', 'assign', '--all', ...batch, '--policy', id]);
  assert.equal(assigned.exitCode, 0, assigned.stderr);
  assert.equal(assigned.stdout.trimEnd().split('\n').length, 2);
  assert.match(
    (await service.run(['policies', 'list'])).stdout,
    new RegExp(`^${id}\tStandard\t2\tskip_eula\n$`),
  );
  assert.match((await service.run(['devices', 'list', ...batch])).stdout, new RegExp(`\t${id}\n`));

  const inUse = await service.run(['policies', 'delete', id, '--yes']);
  assert.equal(inUse.exitCode, 1);
  assert.match(inUse.stderr, /refused the request \(409\)/);
  assert.equal((await service.run(['devices', 'assign', '--all', ...batch, '--unassign'])).exitCode, 0);
  const deleted = await service.run(['policies', 'delete', id, '--yes']);
  assert.deepEqual([deleted.exitCode, deleted.stdout], [0, `Policy ${id} deleted.\n`]);
});

test('assigning a policy nobody knows ends with 3 and says which device and why', async (t) => {
  const service = await useService(t);
  await uploadTwo(service, 'un');
  const policy = '56edf752-ee77-4fd8-b7f5-df1f74a3a9ac';
  const { exitCode, stdout } = await service.run([
    'devices',
    'assign',
    '--all',
    '-b',
    'Test batch #1',
    '--policy',
    policy,
  ]);
  assert.equal(exitCode, 3);
  assert.match(
    stdout,
    /\tZtdProfileIsNotRegistered\t809\tUse the ID of a configuration policy of this customer/,
  );
});

test('devices uploaded with --policy have it', async (t) => {
  const service = await useService(t);
  const created = await service.run(['policies', 'create', '--name', 'First', '-s', 'skip_eula']);
  const stdin = `${autopilotHeader}\n${sampleLine('up', 1)}\n`;
  const id = created.stdout.trim();
  const uploaded = await service.run(['devices', 'upload', '-', '-b', 'May', '--policy', id], { stdin });
  assert.equal(uploaded.exitCode, 0, uploaded.stderr);
  assert.ok((await service.run(['devices', 'list', '-b', 'May'])).stdout.includes(id));
});

test('customers list shows the customers of the partner', async (t) => {
  const service = await useService(t);
  await uploadTwo(service, 'cu');
  const { exitCode, stdout } = await service.run(['customers', 'list', '--json']);
  assert.equal(exitCode, 0);
  assert.ok(readLines(stdout).some(({ id }) => id === service.customerId));
  const lines = await service.run(['customers', 'list']);
  const claimed = lines.stdout.split('\n').find((line) => line.startsWith(service.customerId));
  assert.match(claimed ?? '', /\tfirst use$/);
});
