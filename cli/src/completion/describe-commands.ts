import type { CommandTable } from '../command.ts';
import type { Locale } from '../messages/message.ts';
import { optionsOf } from '../options-of.ts';

export interface DescribedOption {
  readonly name: string;
  readonly short: string | undefined;
  readonly takesValue: boolean;
  readonly takesFile: boolean;
  readonly choices: readonly string[];
  readonly description: string;
}

export interface DescribedCommand {
  /** One word, or two. */
  readonly words: readonly string[];
  readonly summary: string;
  readonly takesFiles: boolean;
  readonly options: readonly DescribedOption[];
}

/** All commands and their options, from the declarations that also make the help. */
export async function describeCommands(commands: CommandTable, locale: Locale): Promise<DescribedCommand[]> {
  return Promise.all(
    Object.entries(commands).map(async ([name, entry]) => {
      const command = await entry.load();
      return {
        words: name.split(' '),
        summary: entry.summary[locale],
        takesFiles: command.usage.includes('FILE'),
        options: Object.entries(optionsOf(command)).map(([option, about]) => ({
          name: option,
          short: about.short,
          takesValue: about.type === 'string',
          takesFile: about.value === 'FILE',
          choices: about.choices ?? [],
          description: about.description[locale],
        })),
      };
    }),
  );
}

/** The second words that may follow a first one. */
export function groupByFirstWord(commands: readonly DescribedCommand[]): Map<string, DescribedCommand[]> {
  return Map.groupBy(commands, ({ words }) => words[0] ?? '');
}
