import { groupByFirstWord, type DescribedCommand, type DescribedOption } from './describe-commands.ts';

/** A completion script for zsh. */
export function renderZsh(commands: readonly DescribedCommand[]): string {
  const groups = groupByFirstWord(commands);
  const cases = [...groups].map(([first, members]) => renderGroup(first, members));
  const firsts = [...groups].map(
    ([first, members]) => `'${first}:${escape(members.length > 1 ? first : (members[0]?.summary ?? ''))}'`,
  );
  return `#compdef muster
# muster completion for zsh: muster completion zsh > "\${fpath[1]}/_muster"
_muster() {
  local -a commands
  commands=(${firsts.join(' ')})
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  case "$words[2]" in
${cases.join('\n')}
  esac
}
compdef _muster muster
`;
}

function renderGroup(first: string, members: readonly DescribedCommand[]): string {
  const [only] = members;
  if (only?.words.length === 1)
    return `    ${first}) shift words; (( CURRENT-- )); ${renderArguments(only)} ;;`;
  const seconds = members.map(({ words, summary }) => `'${words[1]}:${escape(summary)}'`);
  const cases = members.map((member) => `        ${member.words[1]}) ${renderArguments(member)} ;;`);
  return `    ${first})
      if (( CURRENT == 3 )); then
        commands=(${seconds.join(' ')})
        _describe 'command' commands
        return
      fi
      local second="$words[3]"
      shift 2 words; (( CURRENT -= 2 ))
      case "$second" in
${cases.join('\n')}
      esac ;;`;
}

function renderArguments({ options, takesFiles }: DescribedCommand): string {
  const specs = options.flatMap((option) => renderOption(option));
  return `_arguments ${specs.join(' ')}${takesFiles ? " '*:file:_files'" : ''}`;
}

function renderOption({
  name,
  short,
  takesValue,
  takesFile,
  choices,
  description,
}: DescribedOption): string[] {
  const action = takesFile ? '_files' : choices.length > 0 ? `(${choices.join(' ')})` : '';
  const value = takesValue ? `:${name}:${action}` : '';
  const names = short === undefined ? [`--${name}`] : [`--${name}`, `-${short}`];
  return names.map((spelled) => `'${spelled}[${escape(description)}]${value}'`);
}

/** Inside single quotes and brackets, where colons part the fields. */
function escape(text: string): string {
  return text.replaceAll("'", '’').replaceAll(':', ' -').replaceAll('[', '(').replaceAll(']', ')');
}
