import {
  deviceOutcomes,
  isDeviceFailure,
  type DryRunDevice,
  type DryRunResult,
  type Locale,
} from '@muster/contract';
import type { TriedDevice } from '../../registry/devices/try-upload.ts';
import { countOutcomes } from '../../store/jobs/job-steps.ts';

/** What a call would do, in the caller's language. */
export function describeDryRun(devices: readonly TriedDevice[], locale: Locale): DryRunResult {
  const outcomes = devices.map(({ outcome }) => outcome);
  return {
    devices: devices.map((device) => describeDevice(device, locale)),
    counts: { total: devices.length, ...countOutcomes(outcomes) },
    attributes: { objectType: 'DryRunResult' },
  };
}

function describeDevice(device: TriedDevice, locale: Locale): DryRunDevice {
  const { deviceId, serialNumber, productKey, outcome } = device;
  const entry = isDeviceFailure(outcome) ? deviceOutcomes[outcome] : undefined;
  return {
    ...(deviceId !== undefined && { deviceId }),
    ...(serialNumber !== undefined && { serialNumber }),
    ...(productKey !== undefined && { productKey }),
    outcome,
    ...(entry?.errorCode !== undefined && { errorCode: entry.errorCode }),
    ...(entry && { meaning: entry.meaning[locale], remedy: entry.remedy[locale] }),
  };
}
