import type { Locale } from '@muster/contract/locale';
import { fileMessages } from '@muster/device-files/file-messages';
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import { enUs } from './en-us.ts';
import { zhTw } from './zh-tw.ts';

export type TextKey = keyof typeof enUs;
export type TextValues = Readonly<Record<string, string | number | Word | readonly Word[]>>;

/** A value that is itself a text of the catalog. */
interface Word {
  readonly key: string;
}

const catalogs: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  'en-US': { ...fileMessages['en-US'], ...enUs },
  'zh-TW': { ...fileMessages['zh-TW'], ...zhTw },
};

/** What a page needs to speak the reader’s language. */
export interface Texts {
  readonly locale: Locale;
  setLocale(locale: Locale): void;
  /**
   * A text of the catalog, with `{name}` replaced by the value of that name, and `{name:device|devices}` by the first
   * word where that value is 1, otherwise by the second.
   */
  say(key: TextKey, values?: TextValues): string;
  /** The same for what the reader of files found. */
  sayFound(key: string, values: TextValues): string;
  number(value: number): string;
  /** Date and time in the reader’s own form. The service gives times in UTC, with or without a Z. */
  time(value: string | undefined): string;
}

const TextsContext = createContext<Texts | undefined>(undefined);
const localeKey = 'muster language';

/** Chosen before, otherwise the browser’s. */
function firstLocale(): Locale {
  const chosen = localStorage.getItem(localeKey);
  if (chosen === 'en-US' || chosen === 'zh-TW') return chosen;
  return /^zh\b/i.test(navigator.language) ? 'zh-TW' : 'en-US';
}

export function TextsProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [locale, setLocale] = useState<Locale>(firstLocale);
  useEffect(() => {
    document.documentElement.lang = locale;
    localStorage.setItem(localeKey, locale);
  }, [locale]);
  const texts = useMemo(() => createTexts(locale, setLocale), [locale]);
  return <TextsContext value={texts}>{children}</TextsContext>;
}

export function useTexts(): Texts {
  const texts = use(TextsContext);
  if (!texts) throw new Error('No TextsProvider.');
  return texts;
}

function createTexts(locale: Locale, setLocale: (locale: Locale) => void): Texts {
  const catalog = catalogs[locale];
  const numbers = new Intl.NumberFormat(locale);
  const times = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const sayFound = (key: string, values: TextValues): string => fill(catalog, key, { values, numbers });
  return {
    locale,
    setLocale,
    say: (key, values = {}) => sayFound(key, values),
    sayFound,
    number: (value) => numbers.format(value),
    time: (value) => (value === undefined ? '' : times.format(toDate(value))),
  };
}

function toDate(value: string): Date {
  return new Date(/(Z|[+-]\d\d:\d\d)$/.test(value) ? value : `${value}Z`);
}

type Filling = { readonly values: TextValues; readonly numbers: Intl.NumberFormat };

function fill(catalog: Readonly<Record<string, string>>, key: string, { values, numbers }: Filling): string {
  return (catalog[key] ?? key).replaceAll(
    /\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g,
    (whole, name: string, one?: string, many?: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      if (many !== undefined) return (value === 1 ? one : many) ?? '';
      if (typeof value === 'number') return numbers.format(value);
      if (typeof value === 'string') return value;
      const words = 'key' in value ? [value] : value;
      return words.map((word) => catalog[word.key] ?? word.key).join(catalog.plus ?? ', ');
    },
  );
}
