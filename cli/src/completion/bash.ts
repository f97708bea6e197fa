import { groupByFirstWord, type DescribedCommand } from './describe-commands.ts';

/** A completion script for bash 4 and later. */
export function renderBash(commands: readonly DescribedCommand[]): string {
  const groups = groupByFirstWord(commands);
  const seconds = [...groups]
    .filter(([, members]) => members[0]?.words.length === 2)
    .map(([first, members]) => `    ${first}) words="${members.map(({ words }) => words[1]).join(' ')}" ;;`);
  const cases = commands.map(
    ({ words, options, takesFiles }) =>
      `    '${words.join(' ')}') options="${options.map(({ name }) => `--${name}`).join(' ')}"; files=${takesFiles ? 1 : 0} ;;`,
  );
  const choices = new Map(commands.flatMap(({ options }) => options).map((option) => [option.name, option]));
  const values = [...choices.values()].flatMap(({ name, choices: known, takesFile }) => {
    if (known.length > 0)
      return `    --${name}) COMPREPLY=($(compgen -W "${known.join(' ')}" -- "$word")); return ;;`;
    return takesFile ? `    --${name}) COMPREPLY=($(compgen -f -- "$word")); return ;;` : [];
  });
  const named = [...choices.values()].filter((option) => option.takesValue).map(({ name }) => `--${name}`);
  return `# muster completion for bash: source <(muster completion bash)
_muster() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local first="" second="" words="" options="" files=0 at
  for ((at = 1; at < COMP_CWORD; at++)); do
    case "\${COMP_WORDS[at]}" in
      -*) ;;
      *) if [[ -z $first ]]; then first="\${COMP_WORDS[at]}"; elif [[ -z $second ]]; then second="\${COMP_WORDS[at]}"; fi ;;
    esac
  done
  case "$previous" in
${values.join('\n')}
    ${named.join('|')}) return ;;
  esac
  if [[ -z $first ]]; then
    COMPREPLY=($(compgen -W "${[...groups.keys(), 'help'].join(' ')} --help --version" -- "$word"))
    return
  fi
  case "$first" in
${seconds.join('\n')}
  esac
  if [[ -n $words && -z $second ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$word"))
    return
  fi
  [[ -n $words ]] && first="$first $second"
  case "$first" in
${cases.join('\n')}
  esac
  if [[ $word == -* ]]; then COMPREPLY=($(compgen -W "$options" -- "$word"))
  elif ((files)); then COMPREPLY=($(compgen -f -- "$word")); fi
}
complete -o filenames -F _muster muster
`;
}
