import type { MessageKey } from './file-messages.ts';

export type { MessageKey };

/** A value that is itself a word to be said in the user's language. */
export interface Word {
  readonly key: MessageKey;
}

export type MessageValues = Readonly<Record<string, string | number | Word | readonly Word[]>>;

/** A file that cannot be read as a whole. `values` names the file and, where there is one, the line. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly key: MessageKey;
  readonly values: MessageValues;

  constructor(key: MessageKey, values: MessageValues) {
    super(key);
    this.key = key;
    this.values = values;
  }
}
