import type { ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import type { Locale, Localized, Say } from './messages/message.ts';

/** One option, in the form `parseArgs` of node:util takes, and what help and completion say about it. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  /** The command line must have it. Checked before the command runs, and shown in its usage line. */
  readonly isRequired?: boolean;
  /** The value is a whole number. */
  readonly isCount?: boolean;
  /** The placeholder for the value in help, such as `ID`. */
  readonly value?: string;
  /** The only values it accepts. */
  readonly choices?: readonly string[];
  readonly description: Localized;
}

export type Options = Readonly<Record<string, Option>>;

type TextOf<O extends Option> = O extends { choices: readonly (infer Choice)[] } ? Choice : string;

type ValueOf<O extends Option> = O extends { type: 'boolean' }
  ? boolean
  : O extends { multiple: true }
    ? readonly TextOf<O>[]
    : TextOf<O>;

type RequiredName<O extends Options> = {
  [Name in keyof O]: O[Name] extends { isRequired: true } ? Name : never;
}[keyof O];

/** The values given for options: undefined where an option was not given. */
export type Values<O extends Options> = {
  readonly [Name in RequiredName<O>]: ValueOf<O[Name]>;
} & {
  readonly [Name in Exclude<keyof O, RequiredName<O>>]?: ValueOf<O[Name]> | undefined;
};

/** The same option, for a command that cannot do without it. */
export function required<const O extends Option>(option: O): O & { readonly isRequired: true } {
  return { ...option, isRequired: true };
}

/** What was given for the options that commands share: the general ones and those of the connection. */
export interface SharedValues {
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly debug?: boolean | undefined;
  readonly credentials?: string | undefined;
  readonly url?: string | undefined;
  readonly authority?: string | undefined;
  readonly cloud?: 'global' | 'china21Vianet' | 'germany' | 'usGovernment' | undefined;
  readonly 'tenant-id'?: string | undefined;
  readonly 'client-id'?: string | undefined;
  readonly 'client-secret'?: string | undefined;
}

/** The language a command talks in. */
export interface Language {
  readonly locale: Locale;
  readonly say: Say;
}

/** The part of an invocation that is the same for every command. */
export interface SharedInvocation extends Language {
  readonly values: SharedValues;
}

/** A command as it was called. */
export interface Invocation<O extends Options = Options> extends Language {
  readonly values: Values<O> & SharedValues;
  readonly arguments: readonly string[];
  /** The words that call this command again, for hints: the command line as it was typed. */
  readonly typed: readonly string[];
  /** All commands, for those that describe them. */
  readonly commands: CommandTable;
}

export interface CommandDefinition<O extends Options> {
  /** The arguments, as help shows them: `FILE...`. */
  readonly usage: string;
  /** How many arguments: from, to. */
  readonly argumentCount: readonly [from: number, to: number];
  /** Whether the connection options belong to it. */
  readonly isConnected: boolean;
  /** The ways to call it, where their options differ: the words after its name, and the options of each. */
  readonly forms?: readonly { readonly words: readonly string[]; readonly options: Options }[];
  readonly example: string;
  readonly options: O;
  /** The shape that `--json` prints. */
  readonly json?: Localized;
  run(invocation: Invocation<O>, io: Io): Promise<ExitCode>;
}

/** Any command: what `runMuster` works with. */
export type Command = CommandDefinition<Options>;

/** A command before it is loaded. */
export interface CommandEntry {
  readonly summary: Localized;
  /** Commands are loaded when they are called: `--help` and `--version` stay fast. */
  load(): Promise<Command>;
}

/** Commands by the words that call them. */
export type CommandTable = Readonly<Record<string, CommandEntry>>;

/** Declares a command, with the types of its option values taken from its options. */
export function defineCommand<const O extends Options>(definition: CommandDefinition<O>): Command {
  // `run` is only ever called with the values that parseArgs made from these very options.
  return definition as unknown as Command;
}
