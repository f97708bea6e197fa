import type { Phrase } from '@muster/contract/locale';
import { enUS, type TextName } from './en-us.ts';
import { zhTW } from './zh-tw.ts';

/** What fills the `{name}` places of a text. */
export type TextValues = Readonly<Record<string, string | number>>;

/** A text of the catalogs in every language, with its `{name}` places filled. */
export function phraseOf(name: TextName, values: TextValues = {}): Phrase {
  return { 'en-US': fill(enUS[name], values), 'zh-TW': fill(zhTW[name], values) };
}

function fill(template: string, values: TextValues): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
