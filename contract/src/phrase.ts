import type { Locale } from './partner-center/fault-catalog.ts';

/** A text in every language there is. */
export type Phrase = Readonly<Record<Locale, string>>;

export function phrase(english: string, chinese: string): Phrase {
  return { 'en-US': english, 'zh-TW': chinese };
}

/** What is wrong with an id of another form. */
export const mustBeGuid = phrase('must be a GUID', '必須是 GUID');
