import type { Options } from './command.ts';

/** The options of every command. */
export const generalOptions = {
  json: {
    type: 'boolean',
    description: { 'en-US': 'Print data as JSON', 'zh-TW': '以 JSON 輸出資料' },
  },
  quiet: {
    type: 'boolean',
    short: 'q',
    description: { 'en-US': 'No progress and no notes', 'zh-TW': '不顯示進度與附註' },
  },
  debug: {
    type: 'boolean',
    description: {
      'en-US': 'Show each call, and the stack of an unexpected error',
      'zh-TW': '顯示每次呼叫，以及未預期錯誤的堆疊',
    },
  },
  locale: {
    type: 'string',
    value: 'TAG',
    description: { 'en-US': 'en-US or zh-TW (default: LANG)', 'zh-TW': 'en-US 或 zh-TW（預設：LANG）' },
  },
  help: { type: 'boolean', short: 'h', description: { 'en-US': 'Show this', 'zh-TW': '顯示此說明' } },
} as const satisfies Options;
