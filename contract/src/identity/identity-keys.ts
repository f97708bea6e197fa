import { hash } from 'node:crypto';
import { formatGuid } from '../guid.ts';
import type { UsableHardwareHash } from '../hardware-hash/hardware-hash.ts';
import { isPlaceholder, isPlaceholderDeviceId, isPlaceholderUuid } from './placeholder-values.ts';

/** What `identityKeys` reads of a device: the members as given, and its hash once decoded. */
export interface IdentifiableDevice {
  readonly serialNumber?: string | undefined;
  readonly productKey?: string | undefined;
  readonly oemManufacturerName?: string | undefined;
  readonly modelName?: string | undefined;
  readonly hash?: Pick<UsableHardwareHash, 'digest' | 'facts'> | undefined;
}

/**
 * The keys a device is known by, each a digest written as a lower-case GUID: two devices with a key in common are the
 * same machine. One for the hash itself, and one each for the TPM, the SMBIOS UUID, and serial number + manufacturer +
 * model, as the hash and as the members say it (both meet). The product key counts only when nothing else made a key:
 * product keys repeat between machines. Placeholders make no key, so there may be none at all.
 * Values are trimmed and then compared exactly. No key twice; strongest first; the same device gives the same list.
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

/** A serial number is unique only within one maker's model: all three, or no key. */
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

/** Part of what the database holds: a change of these words makes every registered device unknown. */
type KeyKind = 'hash' | 'tpm' | 'uuid' | 'name' | 'product-key';

/** JSON keeps the parts apart whatever they contain. */
function digestKey(kind: KeyKind, parts: readonly string[]): string {
  return formatGuid(hash('sha256', JSON.stringify([kind, ...parts])));
}
