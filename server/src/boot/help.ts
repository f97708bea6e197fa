import { settings } from './settings.ts';

/** The help page of the service, for the command that starts it: its options, and all settings with their defaults. */
export function renderHelp(command: string): string {
  const entries = Object.values(settings);
  const options = entries.flatMap((setting) =>
    'flag' in setting ? [`  --${setting.flag} VALUE  (${setting.environment})`] : [],
  );
  const variables = entries.map(({ environment, default: standard, description }) => {
    const known = standard === '' ? '' : ` Default: ${standard}.`;
    return `  ${environment}\n      ${description}${known}`;
  });
  return [
    'Starts the Muster service, which registers devices for zero-touch deployment.',
    '',
    `Usage: ${command} [OPTIONS]`,
    '',
    'Options:',
    ...options,
    '  --help',
    '',
    'Environment variables:',
    ...variables,
    '',
  ].join('\n');
}

/** Whether a command line asks for help. */
export function isHelpWanted(args: readonly string[]): boolean {
  return args.includes('--help') || args.includes('-h');
}
