import type { Phrase } from '@muster/contract';
import { enUS, type TextName } from './en-us.ts';
import { zhTW } from './zh-tw.ts';

/** A text of the catalogs in every language, with its `{name}` places filled. */
export function text(name: TextName, values: Readonly<Record<string, string | number>> = {}): Phrase {
  return { 'en-US': fill(enUS[name], values), 'zh-TW': fill(zhTW[name], values) };
}

function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
