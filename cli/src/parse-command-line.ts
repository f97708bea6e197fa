import { parseArgs } from 'node:util';
import { usageError } from './cli-error.ts';
import type { Command, CommandTable, Invocation, Options, Values } from './command.ts';
import { generalOptions, optionsOf } from './shared-options.ts';

/** Which command a command line calls, and what is left of it. */
export interface CommandWords {
  /** The words that were taken for the command's name, known or not; undefined when there are none. */
  readonly name: string | undefined;
  readonly rest: readonly string[];
}

/** Finds the words of the command: the first arguments that are not options. General options can precede them. */
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
  if (option.isCount && !/^\d{1,6}$/.test(value)) throw usageError('badCount', { option: rawName, value });
}

/** Throws a usage error for a required option that was not given. */
export function checkRequired(options: Options, values: Values<Options>): void {
  const missing = Object.entries(options).find(
    ([name, { isRequired }]) => isRequired && values[name] === undefined,
  );
  if (missing) throw usageError('missingOption', { option: `--${missing[0]}` });
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

/** The known name that is nearest to what was typed, if it is near at all. */
export function suggestName(typed: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((name) => ({ name, distance: editDistance(typed, name) }))
    .sort((left, right) => left.distance - right.distance);
  const [best] = ranked;
  if (!best) return undefined;
  return best.distance <= Math.max(2, best.name.length / 4) ? best.name : undefined;
}

/** How many letters must be put in, taken out or changed. */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let at = 1; at <= right.length; at += 1) {
      const replaced = (previous[at - 1] ?? 0) + (left[row - 1] === right[at - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[at] ?? 0) + 1, (current[at - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
