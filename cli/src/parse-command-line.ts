import { parseArgs } from 'node:util';
import { usageError } from './cli-error.ts';
import type { Command, CommandTable, Invocation, Options } from './command.ts';
import { generalOptions } from './general-options.ts';
import { optionsOf } from './options-of.ts';

/** Which command a command line calls, and what is left of it. */
export interface CommandWords {
  /** The words that were taken for the command's name, known or not; undefined when there are none. */
  readonly name: string | undefined;
  readonly rest: readonly string[];
}

/** Finds the command's words: the first arguments that are no options. General options may stand before them. */
export function findCommand(argv: readonly string[], commands: CommandTable): CommandWords {
  const { tokens } = parseArgs({
    args: [...argv],
    options: generalOptions,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const words = tokens.filter((token) => token.kind === 'positional');
  const [first, second] = words;
  if (!first) return { name: undefined, rest: argv };
  const both = second && `${first.value} ${second.value}`;
  const taken = both && Object.hasOwn(commands, both) ? [first.index, second.index] : [first.index];
  const name = taken.length === 2 ? both : first.value;
  return { name, rest: argv.filter((_, at) => !taken.includes(at)) };
}

/** The first option that no command has, of a command line that names none. */
export function findUnknownOption(argv: readonly string[]): string | undefined {
  const { tokens } = parseArgs({ args: [...argv], options: generalOptions, strict: false, tokens: true });
  return tokens
    .filter((token) => token.kind === 'option')
    .find(({ name }) => name !== 'version' && !Object.hasOwn(generalOptions, name))?.rawName;
}

/** What was given for a command's options and arguments. Throws a usage error that names what is wrong. */
export function parseInvocation(command: Command, rest: readonly string[]) {
  const options = optionsOf(command);
  const { values, positionals, tokens } = parseArgs({
    args: [...rest],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'option') checkOption(options, token);
  }
  // `strict: false` leaves the types open; `checkOption` has just seen to it that they hold.
  return { values: values as Invocation['values'], arguments: positionals };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
}

function checkOption(options: Options, { name, rawName, value }: OptionToken): void {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!option) throw usageError('unknownOption', { option: rawName });
  if (option.type === 'boolean') {
    if (value !== undefined) throw usageError('optionTakesNoValue', { option: rawName });
    return;
  }
  if (value === undefined || value === '') throw usageError('optionNeedsValue', { option: rawName });
  if (option.choices && !option.choices.includes(value)) {
    throw usageError('badChoice', { option: rawName, value, choices: option.choices.join(', ') });
  }
}

/** Checks how many arguments there are. */
export function checkArguments(command: Command, given: readonly string[]): void {
  const [from, to] = command.argumentCount;
  if (given.length < from) {
    const names = command.usage.split(' ');
    throw usageError('missingArgument', {
      name: (names[given.length] ?? command.usage).replaceAll(/[[\].]/g, ''),
    });
  }
  if (given.length > to) throw usageError('tooManyArguments', { argument: given[to] ?? '' });
}
