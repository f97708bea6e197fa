import { groupByFirstWord, type DescribedCommand, type DescribedOption } from './describe-commands.ts';

/** A completion script for fish. */
export function renderFish(commands: readonly DescribedCommand[]): string {
  const groups = groupByFirstWord(commands);
  const firsts = [...groups.keys()].join(' ');
  const lines = ['# muster completion for fish: muster completion fish | source', 'complete -c muster -f'];
  for (const [first, members] of groups) {
    const summary = members.length > 1 ? first : (members[0]?.summary ?? '');
    lines.push(
      `complete -c muster -n "not __fish_seen_subcommand_from ${firsts}" -a ${first} -d ${quote(summary)}`,
    );
    const seconds = members.flatMap(({ words }) => words[1] ?? []).join(' ');
    for (const member of members) lines.push(...renderCommand(member, seconds));
  }
  return `${lines.join('\n')}\n`;
}

function renderCommand({ words, summary, options, takesFiles }: DescribedCommand, seconds: string): string[] {
  const [first = '', second] = words;
  const isFirst = `__fish_seen_subcommand_from ${first}`;
  const condition = second === undefined ? isFirst : `${isFirst}; and __fish_seen_subcommand_from ${second}`;
  const lines: string[] = [];
  if (second !== undefined) {
    const isOpen = `${isFirst}; and not __fish_seen_subcommand_from ${seconds}`;
    lines.push(`complete -c muster -n "${isOpen}" -a ${second} -d ${quote(summary)}`);
  }
  if (takesFiles) lines.push(`complete -c muster -n "${condition}" -F`);
  return [
    ...lines,
    ...options.map((option) => `complete -c muster -n "${condition}" ${renderOption(option)}`),
  ];
}

function renderOption({ name, short, takesValue, takesFile, choices, description }: DescribedOption): string {
  const parts = [`-l ${name}`];
  if (short !== undefined) parts.push(`-s ${short}`);
  if (takesValue) parts.push(takesFile ? '-r -F' : '-x');
  if (choices.length > 0) parts.push(`-a ${quote(choices.join(' '))}`);
  return [...parts, `-d ${quote(description)}`].join(' ');
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
