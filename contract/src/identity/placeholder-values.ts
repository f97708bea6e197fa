/** What firmware says when its maker filled nothing in, lower-cased: seen on many machines that are not the same. */
const placeholders = new Set([
  '',
  '$serialnumber$',
  '0123456789',
  '01234567890',
  '012345678901234567890123456789',
  '0123456789abcdef',
  '1234',
  '12345',
  '123456',
  '1234567',
  '12345678',
  '123456789',
  '1234567890',
  '123456789abcdef',
  'base board serial number',
  'chassis serial number',
  'default',
  'default string',
  'empty',
  'eval',
  'invalid',
  'n/a',
  'na',
  'nil',
  'no asset information',
  'none',
  'not applicable',
  'not available',
  'not defined',
  'not present',
  'not settable',
  'not specified',
  'not specified by vendor',
  'null',
  'o.e.m.',
  'o.e.m',
  'oem',
  'serial number',
  'serialnumber',
  'standard',
  'sys serial',
  'system manufacturer',
  'system model',
  'system name',
  'system product name',
  'system serial number',
  'system version',
  'tbd',
  'to be filled by o.e.m',
  'to be filled by o.e.m.',
  'to be filled by oem',
  'type1product',
  'undefined',
  'unknown',
  'unspecified',
]);

/** SMBIOS UUIDs that mainboard makers shipped on whole series. */
const placeholderUuids = new Set([
  '00020003-0004-0005-0006-000700080009',
  '00112233-4455-6677-8899-aabbccddeeff',
  '01234567-89ab-cdef-0123-456789abcdef',
  '03000200-0400-0500-0006-000700080009',
  '03020100-0504-0706-0809-0a0b0c0d0e0f',
  '12345678-1234-1234-1234-123456789012',
  '12345678-1234-5678-90ab-cddeefaabbcc',
]);

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
