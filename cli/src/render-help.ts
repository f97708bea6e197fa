import type { Command, Language, Option, Options } from './command.ts';
import { commandTable } from './command-table.ts';
import { exitCode } from './exit-code.ts';
import type { Say } from './messages/message.ts';
import { connectionOptions, generalOptions } from './shared-options.ts';
import { fitText, textWidth } from './terminal/text-layout.ts';

/** The page of `muster --help`, or with a noun, of `muster NOUN --help`: the commands that begin with it. */
export function renderOverview({ locale, say }: Language, noun?: string): string {
  const rows = Object.entries(commandTable)
    .filter(([name]) => noun === undefined || name.startsWith(`${noun} `))
    .map(([name, { summary }]) => [name, summary[locale]] as const);
  return [
    `${say('helpTitle')}\n`,
    `${say('helpUsage', { words: `muster ${noun === undefined ? '' : `${noun} `}COMMAND [OPTIONS]` })}\n`,
    title('helpCommands', say),
    renderRows(rows),
    '',
    say('helpMore'),
    '',
  ].join('\n');
}

/** The page of one command. */
export function renderCommandHelp(name: string, command: Command, { locale, say }: Language): string {
  const section = (heading: string, options: Options) => [
    '',
    heading,
    renderRows(
      Object.entries(options).map(([option, about]) => [
        describeOption(option, about),
        about.description[locale],
      ]),
    ),
  ];
  return [
    commandTable[name]?.summary[locale] ?? name,
    '',
    say('helpUsage', { words: renderUsage(name, command) }),
    ...(command.forms ? ['', title('helpActions', say), ...command.forms.map(renderForm)] : []),
    ...(Object.keys(command.options).length > 0 ? section(title('helpOptions', say), command.options) : []),
    ...(command.isConnected ? section(title('helpConnection', say), connectionOptions) : []),
    ...section(title('helpGeneral', say), generalOptions),
    '',
    title('helpExample', say),
    ...command.example.split('\n').map((line) => `  ${line}`),
    ...(command.json
      ? ['', title('helpOutput', say), ...command.json[locale].split('\n').map((line) => `  ${line}`)]
      : []),
    '',
  ].join('\n');
}

type Title =
  | 'helpActions'
  | 'helpCommands'
  | 'helpOptions'
  | 'helpConnection'
  | 'helpGeneral'
  | 'helpExample'
  | 'helpOutput';

function renderUsage(name: string, command: Command): string {
  const needed = Object.entries(command.options).filter(([, { isRequired }]) => isRequired);
  const parts = ['muster', name, command.usage, ...needed.map(renderInUsage), '[OPTIONS]'];
  return parts.filter((part) => part !== '').join(' ');
}

function renderForm({ words, options }: NonNullable<Command['forms']>[number]): string {
  return `  ${[...words, ...Object.entries(options).map(renderInUsage)].join(' ')}`;
}

/** An option in a usage line: in brackets when it can be left out, with an ellipsis when it can be repeated. */
function renderInUsage([name, option]: [name: string, option: Option]): string {
  const value = option.type === 'string' ? ` ${option.value ?? 'VALUE'}` : '';
  const repeated = option.multiple ? '...' : '';
  return option.isRequired ? `--${name}${value}${repeated}` : `[--${name}${value}]${repeated}`;
}

/** A title with the colon of its language. */
function title(key: Title, say: Say): string {
  return say('helpHeading', { title: say(key) });
}

/** The table of exit codes. */
export function renderExitCodes({ say }: Language): string {
  const meanings = [
    [exitCode.finished, say('exitFinished')],
    [exitCode.error, say('exitError')],
    [exitCode.usage, say('exitUsage')],
    [exitCode.failedDevices, say('exitFailedDevices')],
    [exitCode.authentication, say('exitAuthentication')],
    [exitCode.stillRunning, say('exitStillRunning')],
    [exitCode.interrupted, say('exitInterrupted')],
  ] as const;
  return `${renderRows(meanings.map(([code, meaning]) => [String(code), meaning]))}\n`;
}

function describeOption(name: string, option: Option): string {
  const short = option.short ? `-${option.short}, ` : '';
  return `${short}--${name}${option.type === 'string' ? ` ${option.value ?? 'VALUE'}` : ''}`;
}

function renderRows(rows: readonly (readonly [left: string, right: string])[]): string {
  const width = Math.max(...rows.map(([left]) => textWidth(left)));
  return rows.map(([left, right]) => `  ${fitText(left, width)}  ${right}`.trimEnd()).join('\n');
}
