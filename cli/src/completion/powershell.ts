import type { DescribedCommand } from './describe-commands.ts';

/** A completion script for PowerShell 5.1 and later. */
export function renderPowershell(commands: readonly DescribedCommand[]): string {
  const entries = commands.map(({ words, options }) => {
    const names = options.map(({ name }) => quote(`--${name}`)).join(', ');
    return `  ${quote(words.join(' '))} = @(${names})`;
  });
  const choices = new Map(
    commands
      .flatMap(({ options }) => options)
      .filter(({ choices: known }) => known.length > 0)
      .map(({ name, choices: known }) => [name, known] as const),
  );
  const values = [...choices].map(
    ([name, known]) => `  ${quote(`--${name}`)} = @(${known.map(quote).join(', ')})`,
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

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
