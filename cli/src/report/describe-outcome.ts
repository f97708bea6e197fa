import type { Word } from '@muster/device-files/file-error';
import {
  explainDeviceFailure,
  isDeviceAlreadyAssigned,
  isDeviceDuplicated,
  isDeviceNotIdentified,
  type FailedDevice,
} from '@muster/sdk';
import type { Language } from '../command.ts';

/** What a service reports about one device. */
export type Outcome = FailedDevice;

/** Whether the device did not succeed. A device still under way has not failed. */
export function isFailed({ status }: Outcome): boolean {
  return status === 'finished_with_errors';
}

/** Whether there is nothing to correct in the row: its machine is registered, or will be by another row. */
export function isSettled(outcome: Outcome): boolean {
  return isDeviceAlreadyAssigned(outcome) || isDeviceDuplicated(outcome);
}

/** One or a few words for people: `registered`, or why not. */
export function nameOutcome(outcome: Outcome, { say }: Language): string {
  switch (outcome.status) {
    case 'finished':
      return say('outcomeFinished');
    case 'finished_with_errors':
      return outcome.errorDescription ?? say('statusFinishedWithErrors');
    case 'queued':
      return say('statusQueued');
    case 'processing':
      return say('statusProcessing');
    default:
      return say('statusUnknown');
  }
}

/**
 * What to do about a failure, in the user's language; nothing for a device that did not fail. `missing`: what the row
 * lacks to identify its device.
 */
export function describeRemedy(
  outcome: Outcome,
  { locale, say }: Language,
  missing: readonly Word[] = [],
): string {
  if (!isFailed(outcome)) return '';
  const remedy = explainDeviceFailure(outcome, locale)?.remedy ?? say('unknownRemedy');
  const isNamed = missing.length > 0 && isDeviceNotIdentified(outcome);
  return isNamed ? `${remedy} ${say('missingColumns', { missing })}` : remedy;
}
