import type { Locale } from './partner-center/fault-catalog.ts';

/**
 * The language for a language tag: `zh-TW`, `zh_TW.UTF-8` (as in `LANG`) or an Accept-Language header, whose first
 * language counts. Readers of Simplified Chinese get English, until there is a catalog for them.
 */
export function chooseLocale(tag: string | undefined): Locale {
  return /^\s*zh\b(?!-(hans|cn|sg))/i.test((tag ?? '').replaceAll('_', '-')) ? 'zh-TW' : 'en-US';
}
