/** The command line as it was typed, ready to paste: quoted for the shell, and without a secret. */
export function resumeCommand(
  typed: readonly string[],
  platform: NodeJS.Platform = process.platform,
  program = 'muster',
): string {
  const words = typed.map((word, at) => {
    if (word.startsWith('--client-secret=')) return '--client-secret=...';
    return typed[at - 1] === '--client-secret' ? '...' : quote(word, platform);
  });
  return [program, ...words].join(' ');
}

function quote(word: string, platform: NodeJS.Platform): string {
  if (/^[\w@%+=:,./\\-]+$/.test(word) && (platform === 'win32' || !word.includes('\\'))) return word;
  return platform === 'win32' ? `"${word.replaceAll('"', '""')}"` : `'${word.replaceAll("'", `'\\''`)}'`;
}
