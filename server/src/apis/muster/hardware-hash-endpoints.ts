import { decodeHardwareHash } from '@muster/contract/hardware-hash/decode-hardware-hash';
import { describeHardwareHash } from '@muster/contract/hardware-hash/describe-hardware-hash';
import { identityKeys } from '@muster/contract/identity/identity-keys';
import type { DecodedHardwareHash, HardwareHashProblem } from '@muster/contract/muster/hardware-hash';
import { musterEndpoint } from './muster-endpoint.ts';

/** Hardware hashes. They are secrets: they are decoded for the caller who has them, and nothing of them is kept. */
export const hardwareHashEndpoints = {
  /** POST hardwareHashes/decode */
  decodeHardwareHashes: musterEndpoint('decodeHardwareHashes', async ({ body }) => {
    const seen = new Map<string, number>();
    return { items: body.hardwareHashes.map((text, at) => decode(text, at + 1, seen)) };
  }),
};

/** One hash of a request. `seen` are the devices of those before it. */
function decode(text: string, position: number, seen: Map<string, number>): DecodedHardwareHash {
  const { usable, problem, generatedAt, disks, networkAddresses, unknownRecordTypes, ...values } =
    describeHardwareHash(text);
  const sameDeviceAs = findSame(text, position, seen);
  return {
    position,
    usable,
    ...(problem !== undefined && { problem: problem.replaceAll('-', '_') as HardwareHashProblem }),
    ...(sameDeviceAs !== undefined && { sameDeviceAs }),
    ...values,
    ...(disks && { disks: [...disks] }),
    ...(networkAddresses && { networkAddresses: [...networkAddresses] }),
    ...(generatedAt && { generatedAt: generatedAt.toISOString() }),
    ...(unknownRecordTypes && { unknownRecordTypes: [...unknownRecordTypes] }),
  };
}

/** The position of the first hash of the same device, by the keys that devices are registered under. */
function findSame(text: string, position: number, seen: Map<string, number>): number | undefined {
  const hash = decodeHardwareHash(text);
  const keys = hash.usable ? identityKeys({ hash }) : [];
  const first = keys.map((key) => seen.get(key)).find((found) => found !== undefined);
  for (const key of keys) if (!seen.has(key)) seen.set(key, position);
  return first;
}
