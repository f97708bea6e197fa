import type { UploadJournal } from '../../src/index.ts';

/**
 * A journal of a program that dies: from then on nothing is written, and of the last text a part may be missing, as
 * when the machine stops in the middle of a write.
 */
export function mortalJournal(kept: string, tornBytes: number) {
  let text = kept;
  let death: Error | undefined;
  let last = '';
  return {
    read: () => Promise.resolve(text),
    append: (added: string) => {
      if (death) return Promise.reject(death);
      text += added;
      last = added;
      return Promise.resolve();
    },
    die: () => (death ??= new Error('killed')),
    /** What is found on the next start. */
    text: () => (isSent(last) ? text : text.slice(0, text.length - Math.min(tornBytes, last.length))),
  } satisfies UploadJournal & { die(): Error; text(): string };
}

/** A line that was on record before its call was sent cannot be torn once the call was. */
function isSent(line: string): boolean {
  return line.includes('"requestId"');
}
