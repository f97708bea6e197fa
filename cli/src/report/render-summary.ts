import { explainDeviceFailure } from '@muster/sdk';
import type { Language } from '../command.ts';
import type { Locale, Say } from '../messages/message.ts';
import type { Paint } from '../terminal/paint.ts';
import { fitText, textWidth } from '../terminal/text-layout.ts';

export interface Totals {
  readonly devices: number;
  readonly succeeded: number;
  readonly failed: number;
  /** How many by name of the failure; `finished` for those that succeeded. */
  readonly byOutcome: Readonly<Record<string, number>>;
}

/** How many devices came out how, most frequent first, each failure with its code and what it means. */
export function renderSummary(totals: Totals, { locale, say }: Language, paint: Paint): string {
  const rows = Object.entries(totals.byOutcome).sort(([, left], [, right]) => right - left);
  const countWidth = Math.max(0, ...rows.map(([, count]) => count.toLocaleString('en-US').length));
  const nameWidth = Math.max(0, ...rows.map(([name]) => textWidth(label(name, say))));
  const lines = rows.map(([name, count]) => {
    const isSuccess = name === 'finished';
    const number = count.toLocaleString('en-US').padStart(countWidth);
    const text = fitText(label(name, say), nameWidth);
    const meaning = explain(name, locale)?.meaning ?? '';
    return `  ${number}  ${paint(isSuccess ? 'green' : 'red', text)}  ${meaning}`.trimEnd();
  });
  const title = say('summaryTitle', {
    count: totals.devices.toLocaleString('en-US'),
    succeeded: totals.succeeded.toLocaleString('en-US'),
    failed: totals.failed.toLocaleString('en-US'),
  });
  return `${[paint('bold', title), ...lines].join('\n')}\n`;
}

function label(name: string, say: Say): string {
  if (name === 'finished') return say('outcomeFinished');
  const code = explain(name, 'en-US')?.errorCode;
  return code === undefined ? name : `${code} ${name}`;
}

function explain(name: string, locale: Locale) {
  if (name === 'finished') return undefined;
  return explainDeviceFailure({ status: 'finished_with_errors', errorDescription: name }, locale);
}
