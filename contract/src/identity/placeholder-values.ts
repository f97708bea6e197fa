import known from './placeholder-values.json' with { type: 'json' };

/** What firmware says when its maker filled nothing in, lower-cased: seen on many machines that are not the same. */
const placeholders = new Set(known.texts);

/** SMBIOS UUIDs that mainboard makers shipped on whole series. */
const placeholderUuids = new Set(known.uuids);

const oneByteUuid = /^(..)\1{3}-(?:\1\1-){3}\1{6}$/;

const shortLetters = /^\p{L}{1,2}$/u;

/** The SHA-256 of nothing: what a device id becomes when the TPM gives no key. */
const digestOfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/**
 * Whether a serial number, manufacturer, model or product key stands for "not filled in": a well-known filler, or one
 * character over and over. One letter alone or twice is a name that somebody chose. Compared trimmed, without regard to
 * case. Such a value identifies no device.
 */
export function isPlaceholder(value: string): boolean {
  const folded = value.trim().toLowerCase();
  return placeholders.has(folded) || (isOneCharacter(folded) && !shortLetters.test(folded));
}

/** Whether an SMBIOS UUID, in its usual spelling, is one that many machines share: zeros, all one byte, or a well-known filler. */
export function isPlaceholderUuid(uuid: string): boolean {
  const folded = uuid.toLowerCase();
  return placeholderUuids.has(folded) || oneByteUuid.test(folded);
}

/** Whether a TPM-based device id (hex) was made without a TPM key. */
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
