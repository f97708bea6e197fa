import type { Locale } from '@muster/contract/fault-catalog';

/**
 * The language for what was asked, e.g. `--locale zh-TW` or `LANG=zh_TW.UTF-8`. Only Traditional Chinese is
 * answered in Chinese: Simplified readers (`zh_CN`) get English until there is a catalogue for them.
 */
export function chooseLocale(asked: string | undefined): Locale {
  const tag = (asked ?? '')
    .replace(/[.@].*$/, '')
    .replaceAll('_', '-')
    .toLowerCase();
  return /^zh-(tw|hk|mo|hant)/.test(tag) ? 'zh-TW' : 'en-US';
}
