import { explainDeviceFailure, type FailedDevice } from '@muster/sdk';
import type { Language } from '../command.ts';

/** What a service says of one device. */
export type Outcome = FailedDevice;

/** Whether the device did not succeed. A device still under way has not failed. */
export function isFailed({ status }: Outcome): boolean {
  return status === 'finished_with_errors';
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

/** What to do about a failure, in the user's language; nothing for a device that did not fail. */
export function describeRemedy(outcome: Outcome, { locale, say }: Language): string {
  if (!isFailed(outcome)) return '';
  return explainDeviceFailure(outcome, locale)?.remedy ?? say('unknownRemedy');
}
