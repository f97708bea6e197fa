import { CliError, usageError } from '../cli-error.ts';
import type { Options, Values } from '../command.ts';
import type { Io } from '../io.ts';
import type { Say } from '../messages/message.ts';

export const yesOption = {
  yes: {
    type: 'boolean',
    short: 'y',
    description: { 'en-US': 'Do not ask for confirmation', 'zh-TW': '不要求確認' },
  },
} as const satisfies Options;

interface Confirmation {
  readonly values: Values<typeof yesOption>;
  readonly say: Say;
  readonly question: string;
}

/** Asks for confirmation. Throws if the answer is no, or if there is neither a terminal nor `--yes`. */
export async function confirm({ values, say, question }: Confirmation, io: Io): Promise<void> {
  if (values.yes) return;
  if (!io.stdin.isTTY || !io.stderr.isTTY) throw usageError('needsYes');
  const answer = await io.ask({ text: say('confirm', { question }) });
  if (!/^(y|yes|是|好)$/i.test(answer)) throw new CliError('notConfirmed');
}
