import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DecodedHardwareHash } from '@muster/contract/muster/hardware-hash';
import { encodeHardwareHash } from '@muster/contract/testing/encode-hardware-hash';
import { startTestMuster } from '../../support/muster.ts';

const muster = await startTestMuster({ settings: { MUSTER_LOG_LEVEL: 'trace' } });
const machine = {
  serialNumber: 'SECRET-SERIAL-1',
  manufacturer: 'Contoso',
  model: 'Book 3',
  smbiosUuid: '6a0f2f0e-7a4c-4b52-9d0f-0d7c6d1f2a3b',
};
const firstHash = encodeHardwareHash({
  ...machine,
  osVersion: '10.0.22631.3296',
  generatedAt: new Date('2026-01-05T08:00:00Z'),
});
/** Collected again half a year later, after Windows was updated. */
const laterHash = encodeHardwareHash({
  ...machine,
  osVersion: '10.0.26100.1742',
  generatedAt: new Date('2026-07-01T08:00:00Z'),
});

async function decode(body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await muster.call('POST', '/muster/v1/hardwareHashes/decode', { body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('hashes are decoded in their order, and two of one machine are recognized', async () => {
  const other = encodeHardwareHash({
    ...machine,
    serialNumber: 'B2',
    smbiosUuid: machine.smbiosUuid.replace('6a', '7b'),
  });
  const { status, body } = await decode({ hardwareHashes: [firstHash, other, 'DummyHash123', laterHash] });
  assert.equal(status, 200);
  const items = body.items as DecodedHardwareHash[];
  assert.deepEqual(
    items.map(({ position, usable, problem, sameDeviceAs }) => ({ position, usable, problem, sameDeviceAs })),
    [
      { position: 1, usable: true, problem: undefined, sameDeviceAs: undefined },
      { position: 2, usable: true, problem: undefined, sameDeviceAs: undefined },
      { position: 3, usable: false, problem: 'too_short', sameDeviceAs: undefined },
      { position: 4, usable: true, problem: undefined, sameDeviceAs: 1 },
    ],
  );
  const { serialNumber, smbiosUuid, osVersion, generatedAt } = items[3] ?? {};
  assert.deepEqual(
    { serialNumber, smbiosUuid, osVersion, generatedAt },
    {
      serialNumber: machine.serialNumber,
      smbiosUuid: machine.smbiosUuid,
      osVersion: '10.0.26100.1742',
      generatedAt: '2026-07-01T08:00:00.000Z',
    },
  );
});

test('a request that is no list of hashes is refused, and names what is wrong without repeating it', async () => {
  const bodies = [{}, [], { hardwareHashes: [] }, { hardwareHashes: 'x' }, { hardwareHashes: [1] }];
  const tooLong = { hardwareHashes: [firstHash.repeat(5)] };
  const tooMany = { hardwareHashes: Array.from({ length: 51 }, () => 'x') };
  for (const body of [...bodies, tooLong, tooMany]) {
    const refused = await decode(body);
    assert.equal(refused.status, 400, JSON.stringify(refused.body));
    assert.equal(refused.body.code, '800002');
    assert.ok(!JSON.stringify(refused.body).includes(firstHash.slice(0, 40)));
  }
});

test('nothing of a hash reaches the log, at any level', async () => {
  await decode({ hardwareHashes: [firstHash, laterHash] });
  const log = JSON.stringify(muster.logLines);
  assert.ok(muster.logLines.length > 0);
  for (const secret of [
    firstHash.slice(0, 40),
    laterHash.slice(-60),
    machine.serialNumber,
    machine.smbiosUuid,
  ])
    assert.ok(!log.includes(secret));
});
