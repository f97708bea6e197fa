import { hash } from 'node:crypto';
import { formatGuid } from '../guid.ts';
import type { UsableHardwareHash } from '../hardware-hash/hardware-hash.ts';
import { isPlaceholder, isPlaceholderDeviceId, isPlaceholderUuid } from './placeholder-values.ts';

/** The input of `identityKeys`: the members of a device as submitted, and its decoded hash. */
export interface IdentifiableDevice {
  readonly serialNumber?: string | undefined;
  readonly productKey?: string | undefined;
  readonly oemManufacturerName?: string | undefined;
  readonly modelName?: string | undefined;
  readonly hash?: Pick<UsableHardwareHash, 'digest' | 'facts'> | undefined;
}

/**
 * The keys that identify a device, each a digest in the form of a lowercase GUID. Two devices that share a key are the
 * same machine. There is one key for the hash itself, and one each for the TPM, the SMBIOS UUID, and serial number +
 * manufacturer + model, both from the hash and from the members. The product key is used only if there is no other key,
 * because product keys are not unique. Placeholders are not used, so there may be no key at all. Values are trimmed and
 * compared exactly. The list has no duplicates, starts with the strongest key, and is always the same for a device.
 */
export function identityKeys(device: IdentifiableDevice): string[] {
  const keys = new Set<string>();
  if (device.hash) addHashKeys(keys, device.hash);
  addNameKey(keys, device.serialNumber, device.oemManufacturerName, device.modelName);
  if (keys.size === 0) addKey(keys, 'product-key', [device.productKey]);
  return [...keys];
}

function addHashKeys(keys: Set<string>, { digest, facts }: Pick<UsableHardwareHash, 'digest' | 'facts'>) {
  keys.add(digestKey('hash', [digest]));
  if (!facts) return;
  const { offlineDeviceId, smbiosUuid } = facts;
  if (offlineDeviceId !== undefined && !isPlaceholderDeviceId(offlineDeviceId))
    keys.add(digestKey('tpm', [offlineDeviceId]));
  if (smbiosUuid !== undefined && !isPlaceholderUuid(smbiosUuid)) keys.add(digestKey('uuid', [smbiosUuid]));
  addNameKey(keys, facts.serialNumber, facts.manufacturer, facts.model);
}

/** A serial number is unique only within a manufacturer's model, so the key needs all three. */
function addNameKey(keys: Set<string>, serial?: string, manufacturer?: string, model?: string) {
  addKey(keys, 'name', [serial, manufacturer, model]);
}

function addKey(keys: Set<string>, kind: KeyKind, values: readonly (string | undefined)[]) {
  const parts: string[] = [];
  for (const value of values) {
    if (value === undefined || isPlaceholder(value)) return;
    parts.push(value.trim());
  }
  keys.add(digestKey(kind, parts));
}

/** These words are part of the stored digests: changing one makes registered devices unknown. */
type KeyKind = 'hash' | 'tpm' | 'uuid' | 'name' | 'product-key';

/** JSON separates the parts unambiguously, whatever they contain. */
function digestKey(kind: KeyKind, parts: readonly string[]): string {
  return formatGuid(hash('sha256', JSON.stringify([kind, ...parts])));
}
