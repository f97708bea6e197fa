import type { Command } from './command.ts';
import type { Localized } from './messages/message.ts';

export interface CommandEntry {
  readonly summary: Localized;
  /** Commands are loaded when they are called: `--help` and `--version` stay fast. */
  load(): Promise<Command>;
}

/** All commands, by the words that call them. */
export const commandTable: Readonly<Record<string, CommandEntry>> = {
  'devices upload': {
    summary: {
      'en-US': 'Upload devices from files and show what became of each',
      'zh-TW': '從檔案上傳裝置，並顯示每部裝置的結果',
    },
    load: async () => (await import('./commands/devices/upload.ts')).uploadCommand,
  },
  status: {
    summary: {
      'en-US': 'Show the status of a batch job and of every device in it',
      'zh-TW': '顯示批次作業及其中每部裝置的狀態',
    },
    load: async () => (await import('./commands/status.ts')).statusCommand,
  },
};
