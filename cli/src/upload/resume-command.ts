/** The command line as it was typed, to be pasted again: quoted for the shell, without a secret in it. */
export function resumeCommand(
  typed: readonly string[],
  platform: NodeJS.Platform = process.platform,
): string {
  const words = typed.map((word, at) => {
    if (word.startsWith('--client-secret=')) return '--client-secret=...';
    return typed[at - 1] === '--client-secret' ? '...' : quote(word, platform);
  });
  return ['muster', ...words].join(' ');
}

function quote(word: string, platform: NodeJS.Platform): string {
  if (/^[\w@%+=:,./\\-]+$/.test(word) && (platform === 'win32' || !word.includes('\\'))) return word;
  return platform === 'win32' ? `"${word.replaceAll('"', '""')}"` : `'${word.replaceAll("'", `'\\''`)}'`;
}
