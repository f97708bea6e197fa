/** The languages of messages. */
export type Locale = 'en-US' | 'zh-TW';

/** A text in every language. */
export type Phrase = Readonly<Record<Locale, string>>;

export function phrase(english: string, chinese: string): Phrase {
  return { 'en-US': english, 'zh-TW': chinese };
}

/** The problem with an ID in any other format. */
export const mustBeGuid = phrase('must be a GUID', '必須是 GUID');

/**
 * The language for a language tag such as `zh-TW`, `zh_TW.UTF-8` (as in `LANG`), or an Accept-Language header, of which
 * the first language counts. There is no catalog in Simplified Chinese, so its readers get English.
 */
export function chooseLocale(tag: string | undefined): Locale {
  return /^\s*zh\b(?!-(hans|cn|sg))/i.test((tag ?? '').replaceAll('_', '-')) ? 'zh-TW' : 'en-US';
}
