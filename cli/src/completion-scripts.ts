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

/** The second words that may follow a first one. */
function groupByFirstWord(commands: readonly DescribedCommand[]): Map<string, DescribedCommand[]> {
  return Map.groupBy(commands, ({ words }) => words[0] ?? '');
}

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

/** A completion script for fish. */
export function renderFish(commands: readonly DescribedCommand[]): string {
  const groups = groupByFirstWord(commands);
  const firsts = [...groups.keys()].join(' ');
  const lines = ['# muster completion for fish: muster completion fish | source', 'complete -c muster -f'];
  for (const [first, members] of groups) {
    const summary = members.length > 1 ? first : (members[0]?.summary ?? '');
    lines.push(
      `complete -c muster -n "not __fish_seen_subcommand_from ${firsts}" -a ${first} -d ${quoteForFish(summary)}`,
    );
    const seconds = members.flatMap(({ words }) => words[1] ?? []).join(' ');
    for (const member of members) lines.push(...renderFishCommand(member, seconds));
  }
  return `${lines.join('\n')}\n`;
}

function renderFishCommand(
  { words, summary, options, takesFiles }: DescribedCommand,
  seconds: string,
): string[] {
  const [first = '', second] = words;
  const isFirst = `__fish_seen_subcommand_from ${first}`;
  const condition = second === undefined ? isFirst : `${isFirst}; and __fish_seen_subcommand_from ${second}`;
  const lines: string[] = [];
  if (second !== undefined) {
    const isOpen = `${isFirst}; and not __fish_seen_subcommand_from ${seconds}`;
    lines.push(`complete -c muster -n "${isOpen}" -a ${second} -d ${quoteForFish(summary)}`);
  }
  if (takesFiles) lines.push(`complete -c muster -n "${condition}" -F`);
  return [
    ...lines,
    ...options.map((option) => `complete -c muster -n "${condition}" ${renderFishOption(option)}`),
  ];
}

function renderFishOption({
  name,
  short,
  takesValue,
  takesFile,
  choices,
  description,
}: DescribedOption): string {
  const parts = [`-l ${name}`];
  if (short !== undefined) parts.push(`-s ${short}`);
  if (takesValue) parts.push(takesFile ? '-r -F' : '-x');
  if (choices.length > 0) parts.push(`-a ${quoteForFish(choices.join(' '))}`);
  return [...parts, `-d ${quoteForFish(description)}`].join(' ');
}

function quoteForFish(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** A completion script for PowerShell 5.1 and later. */
export function renderPowershell(commands: readonly DescribedCommand[]): string {
  const entries = commands.map(({ words, options }) => {
    const names = options.map(({ name }) => quoteForPowershell(`--${name}`)).join(', ');
    return `  ${quoteForPowershell(words.join(' '))} = @(${names})`;
  });
  const choices = new Map(
    commands
      .flatMap(({ options }) => options)
      .filter(({ choices: known }) => known.length > 0)
      .map(({ name, choices: known }) => [name, known] as const),
  );
  const values = [...choices].map(
    ([name, known]) =>
      `  ${quoteForPowershell(`--${name}`)} = @(${known.map(quoteForPowershell).join(', ')})`,
  );
  return `# muster completion for PowerShell: muster completion powershell | Out-String | Invoke-Expression
$musterCommands = [ordered]@{
${entries.join('\n')}
}
$musterValues = @{
${values.join('\n')}
}
Register-ArgumentCompleter -Native -CommandName muster -ScriptBlock {
  param($word, $ast, $position)
  $typed = @($ast.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($word -and $typed.Count) { $typed = @($typed | Select-Object -SkipLast 1) }
  $last = if ($typed.Count) { $typed[-1] } else { '' }
  $plain = @($typed | Where-Object { -not $_.StartsWith('-') })
  $name = $musterCommands.Keys | Where-Object { ($plain -join ' ') -eq $_ -or ($plain -join ' ').StartsWith("$_ ") } | Select-Object -First 1
  $found = if ($musterValues.ContainsKey($last)) { $musterValues[$last] }
    elseif ($name) { $musterCommands[$name] }
    else {
      $musterCommands.Keys | ForEach-Object { $parts = $_ -split ' '
        if ($plain.Count -eq 0) { $parts[0] } elseif ($parts[0] -eq $plain[0] -and $parts.Count -gt 1) { $parts[1] } } | Select-Object -Unique
    }
  $found | Where-Object { $_ -like "$word*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}

function quoteForPowershell(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A completion script for zsh. */
export function renderZsh(commands: readonly DescribedCommand[]): string {
  const groups = groupByFirstWord(commands);
  const cases = [...groups].map(([first, members]) => renderZshGroup(first, members));
  const firsts = [...groups].map(
    ([first, members]) =>
      `'${first}:${escapeForZsh(members.length > 1 ? first : (members[0]?.summary ?? ''))}'`,
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

function renderZshGroup(first: string, members: readonly DescribedCommand[]): string {
  const [only] = members;
  if (only?.words.length === 1)
    return `    ${first}) shift words; (( CURRENT-- )); ${renderZshArguments(only)} ;;`;
  const seconds = members.map(({ words, summary }) => `'${words[1]}:${escapeForZsh(summary)}'`);
  const cases = members.map((member) => `        ${member.words[1]}) ${renderZshArguments(member)} ;;`);
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

function renderZshArguments({ options, takesFiles }: DescribedCommand): string {
  const specs = options.flatMap((option) => renderZshOption(option));
  return `_arguments ${specs.join(' ')}${takesFiles ? " '*:file:_files'" : ''}`;
}

function renderZshOption({
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
  return names.map((spelled) => `'${spelled}[${escapeForZsh(description)}]${value}'`);
}

/** Inside single quotes and brackets, where colons part the fields. */
function escapeForZsh(text: string): string {
  return text.replaceAll("'", '’').replaceAll(':', ' -').replaceAll('[', '(').replaceAll(']', ')');
}
