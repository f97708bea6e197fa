import { usageError } from '../cli-error.ts';
import { defineCommand } from '../command.ts';
import { describeCommands } from '../completion/describe-commands.ts';
import { renderBash } from '../completion/bash.ts';
import { renderFish } from '../completion/fish.ts';
import { renderPowershell } from '../completion/powershell.ts';
import { renderZsh } from '../completion/zsh.ts';
import { exitCode } from '../exit-code.ts';

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
