import known from './placeholder-values.json' with { type: 'json' };

/** Lowercase values that firmware has if the manufacturer did not set one. Many different machines share them. */
const placeholders = new Set(known.texts);

/** SMBIOS UUIDs that motherboard manufacturers used for whole series. */
const placeholderUuids = new Set(known.uuids);

const oneByteUuid = /^(..)\1{3}-(?:\1\1-){3}\1{6}$/;

const shortLetters = /^\p{L}{1,2}$/u;

/** The SHA-256 of no data, which is the device ID if the TPM has no key. */
const digestOfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/**
 * Whether a serial number, manufacturer, model or product key is a placeholder, which does not identify a device: a
 * well-known default, or a single repeated character. One or two letters are accepted as a name. Surrounding spaces and
 * case are ignored.
 */
export function isPlaceholder(value: string): boolean {
  const folded = value.trim().toLowerCase();
  return placeholders.has(folded) || (isOneCharacter(folded) && !shortLetters.test(folded));
}

/** Whether many machines share this SMBIOS UUID: a single repeated byte, or a well-known default. */
export function isPlaceholderUuid(uuid: string): boolean {
  const folded = uuid.toLowerCase();
  return placeholderUuids.has(folded) || oneByteUuid.test(folded);
}

/** Whether a TPM-based device ID (hex) was created without a TPM key. */
export function isPlaceholderDeviceId(hex: string): boolean {
  const folded = hex.toLowerCase();
  return folded === digestOfNothing || isOneCharacter(folded);
}

function isOneCharacter(text: string): boolean {
  for (let index = 1; index < text.length; index++) {
    if (text.charCodeAt(index) !== text.charCodeAt(0)) return false;
  }
  return true;
}
