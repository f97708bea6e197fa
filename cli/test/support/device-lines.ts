import { encodeHardwareHash } from '@muster/contract/testing/encode-hardware-hash';

/** The header of Get-WindowsAutopilotInfo. */
export const autopilotHeader = 'Device Serial Number,Windows Product ID,Hardware Hash';

/** A hardware hash of an invented machine; the same for the same series and number. */
export function sampleHash(series: string, number: number): string {
  return encodeHardwareHash({
    serialNumber: sampleSerial(series, number),
    manufacturer: 'Contoso',
    model: `Laptop ${number % 7}`,
    smbiosUuid: `${series.padEnd(8, '0').slice(0, 8)}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`,
  });
}

/** A serial number with leading zeros. */
export function sampleSerial(series: string, number: number): string {
  return `00${series}${String(number).padStart(7, '0')}`;
}

/** One line of a file as Get-WindowsAutopilotInfo writes it. */
export function sampleLine(series: string, number: number): string {
  return `${sampleSerial(series, number)},,${sampleHash(series, number)}`;
}
