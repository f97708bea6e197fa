import { usageError } from '../cli-error.ts';
import { defineCommand, type CommandTable } from '../command.ts';
import {
  renderBash,
  renderFish,
  renderPowershell,
  renderZsh,
  type DescribedCommand,
} from '../completion-scripts.ts';
import { exitCode } from '../exit-code.ts';
import type { Locale } from '../messages/message.ts';
import { optionsOf } from '../shared-options.ts';

const renderers = {
  bash: renderBash,
  zsh: renderZsh,
  fish: renderFish,
  powershell: renderPowershell,
} as const;

export const completionCommand = defineCommand({
  usage: 'SHELL',
  argumentCount: [1, 1],
  isConnected: false,
  example: `source <(muster completion bash)
muster completion zsh > "\${fpath[1]}/_muster"
muster completion fish | source
muster completion powershell | Out-String | Invoke-Expression`,
  options: {},
  async run({ arguments: [shell = ''], locale, commands }, io) {
    if (!isShell(shell)) {
      throw usageError('badChoice', {
        option: 'SHELL',
        value: shell,
        choices: Object.keys(renderers).join(', '),
      });
    }
    await io.stdout.write(renderers[shell](await describeCommands(commands, locale)));
    return exitCode.finished;
  },
});

function isShell(text: string): text is keyof typeof renderers {
  return Object.hasOwn(renderers, text);
}

/** All commands and their options, from the declarations that also make the help. */
async function describeCommands(commands: CommandTable, locale: Locale): Promise<DescribedCommand[]> {
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
