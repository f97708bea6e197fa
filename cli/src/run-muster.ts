import { readFile } from 'node:fs/promises';
import { usageError } from './cli-error.ts';
import { commandTable } from './command-table.ts';
import type { Invocation, Options, Values } from './command.ts';
import { describeFailure } from './describe-failure.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { chooseLocale } from '@muster/contract/locale';
import { createSay, type Locale, type Say } from './messages/message.ts';
import {
  checkArguments,
  checkRequired,
  findCommand,
  findUnknownOption,
  parseInvocation,
  suggestName,
} from './parse-command-line.ts';

/**
 * Runs a command line, without the program's own name: `['status', id, '--json']`. Resolves with the exit code and
 * never rejects: failures are printed to `io.stderr`, one line each.
 */
export async function runMuster(argv: readonly string[], io: Io): Promise<ExitCode> {
  const locale = chooseLocale(findLocale(argv) ?? io.environment.locale);
  const language = { locale, say: createSay(locale) };
  const { name, rest } = findCommand(argv, commandTable);
  try {
    return await dispatch({ name, rest, argv, language }, io);
  } catch (fault) {
    const isDebug = argv.includes('--debug');
    const failure = await describeFailure(fault, { say: language.say, io, isDebug });
    const isUsage = failure.exitCode === exitCode.usage;
    const command = ['muster', name && Object.hasOwn(commandTable, name) ? name : ''].join(' ').trim();
    const hint = isUsage ? ` ${language.say('usageHint', { command })}` : '';
    await io.stderr.write(`muster: ${failure.text}${hint}\n`);
    return failure.exitCode;
  }
}

interface Call {
  readonly name: string | undefined;
  readonly rest: readonly string[];
  readonly argv: readonly string[];
  readonly language: { readonly locale: Locale; readonly say: Say };
}

async function dispatch({ name, rest, argv, language }: Call, io: Io): Promise<ExitCode> {
  if (name === undefined || name === 'help') return showGeneral(name, rest, { argv, language, io });
  const entry = Object.hasOwn(commandTable, name) ? commandTable[name] : undefined;
  if (!entry && isGroupHelp(name, rest, argv)) {
    const { renderOverview } = await import('./render-help.ts');
    await io.stdout.write(renderOverview(language, name));
    return exitCode.finished;
  }
  if (!entry) throw unknownCommand(name, argv, language.say);
  const command = await entry.load();
  const { values, arguments: given } = parseInvocation(command, rest);
  if (values.help) {
    const { renderCommandHelp } = await import('./render-help.ts');
    await io.stdout.write(renderCommandHelp(name, command, language));
    return exitCode.finished;
  }
  checkArguments(command, given);
  checkRequired(command.options, values as Values<Options>);
  const invocation: Invocation = {
    values,
    arguments: given,
    ...language,
    typed: argv,
    commands: commandTable,
  };
  return command.run(invocation, io);
}

interface Surroundings {
  readonly argv: readonly string[];
  readonly language: Call['language'];
  readonly io: Io;
}

/** What is asked of the program itself: `--help`, `--version`, `help exit-codes`, or nothing. */
async function showGeneral(
  name: string | undefined,
  rest: readonly string[],
  { argv, language, io }: Surroundings,
): Promise<ExitCode> {
  if (argv.includes('--version')) {
    await io.stdout.write(`muster ${await readVersion()}\n`);
    return exitCode.finished;
  }
  const help = await import('./render-help.ts');
  if (name === 'help' && rest[0] === 'exit-codes') {
    await io.stdout.write(help.renderExitCodes(language));
    return exitCode.finished;
  }
  if (name === 'help' && rest.length > 0) {
    return dispatch(
      { ...findCommand([...rest, '--help'], commandTable), argv: [...rest, '--help'], language },
      io,
    );
  }
  const unknown = name === undefined ? findUnknownOption(argv) : undefined;
  if (unknown !== undefined) throw usageError('unknownOption', { option: unknown });
  const isAsked = name === 'help' || argv.includes('--help') || argv.includes('-h');
  await (isAsked ? io.stdout : io.stderr).write(help.renderOverview(language));
  return isAsked ? exitCode.finished : exitCode.usage;
}

/** `muster devices --help`: a noun, no verb, and the wish to know the verbs. */
function isGroupHelp(name: string, rest: readonly string[], argv: readonly string[]): boolean {
  const isGroup = Object.keys(commandTable).some((known) => known.startsWith(`${name} `));
  const hasVerb = rest.some((word) => !word.startsWith('-'));
  return isGroup && !hasVerb && (argv.includes('--help') || argv.includes('-h'));
}

function unknownCommand(name: string, argv: readonly string[], say: Say): Error {
  const [, second] = argv.filter((word) => !word.startsWith('-'));
  const group = Object.keys(commandTable).filter((known) => known.startsWith(`${name} `));
  const typed = group.length > 0 && second !== undefined ? `${name} ${second}` : name;
  const suggestion = suggestName(typed, Object.keys(commandTable));
  const hint = suggestion
    ? say('didYouMean', { name: suggestion })
    : group.length > 0
      ? say('commandGroup', { names: group.join(', ') })
      : '';
  return usageError('unknownCommand', { name: typed, hint });
}

function findLocale(argv: readonly string[]): string | undefined {
  const joined = argv.find((word) => word.startsWith('--locale='));
  if (joined) return joined.slice('--locale='.length);
  const at = argv.indexOf('--locale');
  return at < 0 ? undefined : argv[at + 1];
}

/** The version in this package's package.json, which is one folder above both the sources and the built files. */
async function readVersion(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
