import type { UnusableHashReason } from './hardware-hash.ts';

const recollect = 'collect it again on the device with Get-WindowsAutopilotInfo';

const descriptions: Readonly<Record<UnusableHashReason, string>> = {
  'not-base64': `The hardware hash has characters that do not belong in one; ${recollect}, and do not open the file in a spreadsheet.`,
  'too-short': `The hardware hash is too short: the old 128-byte form or a cut-off copy; ${recollect} under Windows 10 version 1703 or later.`,
  truncated: `The hardware hash is cut off or damaged; ${recollect}, and do not open the file in a spreadsheet.`,
  checksum: `The hardware hash was changed after it was made: its checksum is wrong; ${recollect}, and do not open the file in a spreadsheet.`,
  'no-serial-number': `The hardware hash names no serial number; have the maker set it in the firmware, then ${recollect}.`,
  'no-manufacturer': `The hardware hash names no manufacturer; have the maker set it in the firmware, then ${recollect}.`,
};

/** One English sentence for people: what is wrong with the hash, and what to do. Has nothing of the hash in it. */
export function describeUnusableHash(reason: UnusableHashReason): string {
  return descriptions[reason];
}
