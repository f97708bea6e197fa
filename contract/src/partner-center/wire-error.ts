import type { Fault } from './fault.ts';
import type { Locale, Phrase } from '../locale.ts';
import { faultCatalog, type FaultName } from './fault-catalog.ts';

/** The maximum length of a description that clients expect (`docs/domain.md` 1.4). */
const descriptionCharactersMax = 1024;

/** A value in a fault's description: the same in every language, or a phrase with a text for each. */
export type FaultValue = string | number | Phrase;

/** `problem` is a phrase, so that no response mixes two languages. */
export type FaultValues = Readonly<Record<string, FaultValue>> & { readonly problem?: Phrase };

/** A refused request. Operations throw it; only the HTTP layer turns it into a response. */
export class WireError extends Error {
  readonly fault: FaultName;
  readonly values: FaultValues;

  /** `values` replace `{name}` in the description. They are sent to the client, so they must not contain secrets or hashes. */
  constructor(fault: FaultName, values: FaultValues = {}, cause?: unknown) {
    super(describe(fault, values, 'en-US'), { cause });
    this.name = 'WireError';
    this.fault = fault;
    this.values = values;
  }

  get status(): number {
    return faultCatalog[this.fault].status;
  }

  /** The body of the response, in the reader's language. */
  toFault(locale: Locale = 'en-US'): Fault {
    const member = this.values.member;
    return {
      code: faultCatalog[this.fault].code,
      description: describe(this.fault, this.values, locale),
      data: member === undefined ? [] : [textIn(locale, member)],
      source: 'Muster',
    };
  }
}

function describe(fault: FaultName, values: FaultValues, locale: Locale): string {
  const template: string = faultCatalog[fault].description[locale];
  const text = template.replace(/\{(\w+)\}/g, (place, name: string) => textIn(locale, values[name] ?? place));
  return text.length <= descriptionCharactersMax ? text : `${text.slice(0, descriptionCharactersMax - 1)}…`;
}

function textIn(locale: Locale, value: FaultValue): string {
  return typeof value === 'object' ? value[locale] : String(value);
}
