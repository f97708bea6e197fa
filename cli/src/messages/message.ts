import type { Locale } from '@muster/contract/locale';
import { enUs } from './en-us.ts';
import { zhTw } from './zh-tw.ts';

export type { Locale };
export type MessageKey = keyof typeof enUs;
/** A value that is itself a word of the catalogue. */
export interface Word {
  readonly key: MessageKey;
}

export type MessageValues = Readonly<Record<string, string | number | Word | readonly Word[]>>;

/**
 * Says a message of the catalogue in the user's language, with `{name}` replaced by the value of that name, and
 * `{name:device|devices}` by the first word when that value is 1, otherwise by the second.
 */
export type Say = (key: MessageKey, values?: MessageValues) => string;

/** A text in every language there is: what commands describe themselves with. */
export type Localized = Readonly<Record<Locale, string>>;

const catalogues: Readonly<Record<Locale, Readonly<Record<MessageKey, string>>>> = {
  'en-US': enUs,
  'zh-TW': zhTw,
};

function joinWords(given: Word | readonly Word[], catalogue: Readonly<Record<MessageKey, string>>): string {
  const words = 'key' in given ? [given] : given;
  return words.map(({ key }) => catalogue[key]).join(catalogue.plus);
}

export function createSay(locale: Locale): Say {
  const catalogue = catalogues[locale];
  return (key, values = {}) =>
    catalogue[key].replaceAll(
      /\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g,
      (whole, name: string, one?: string, many?: string) => {
        const given = values[name] ?? whole;
        const value = typeof given === 'object' ? joinWords(given, catalogue) : String(given);
        if (many === undefined) return value;
        return (value === '1' ? one : many) ?? '';
      },
    );
}
