/** The languages people are answered in. */
export type Locale = 'en-US' | 'zh-TW';

/** A text in every language there is. */
export type Phrase = Readonly<Record<Locale, string>>;

export function phrase(english: string, chinese: string): Phrase {
  return { 'en-US': english, 'zh-TW': chinese };
}

/** What is wrong with an id of another form. */
export const mustBeGuid = phrase('must be a GUID', '必須是 GUID');

/**
 * The language for a language tag: `zh-TW`, `zh_TW.UTF-8` (as in `LANG`) or an Accept-Language header, whose first
 * language counts. Readers of Simplified Chinese get English, until there is a catalog for them.
 */
export function chooseLocale(tag: string | undefined): Locale {
  return /^\s*zh\b(?!-(hans|cn|sg))/i.test((tag ?? '').replaceAll('_', '-')) ? 'zh-TW' : 'en-US';
}
