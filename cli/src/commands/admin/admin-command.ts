import { ForbiddenError, ResponseError, UnauthorizedError, type Administration } from '@muster/sdk';
import { authenticationError, CliError, usageError } from '../../cli-error.ts';
import { defineCommand, type Command, type Invocation, type Options, type Values } from '../../command.ts';
import { connectAdmin } from '../../connection/connect.ts';
import { exitCode } from '../../exit-code.ts';
import type { Io } from '../../io.ts';
import { checkRequired } from '../../parse-command-line.ts';
import { adminConnectionOptions, generalOptions } from '../../shared-options.ts';
import { confirm, yesOption } from '../../terminal/confirm.ts';
import { printResource, printRows, type MemberColumn } from './print-resource.ts';

interface ActionDefinition<O extends Options> {
  /** The placeholder for its argument in help; absent when it takes none. */
  readonly argument?: string;
  readonly options: O;
  /** It removes something for good, so it asks first. */
  readonly isFinal?: boolean;
  /** Asks on the terminal for what was not given. Default: nothing is asked. */
  ask?(values: Values<O>, invocation: Invocation, io: Io): Promise<Values<O>>;
  /** Calls the service. A list is returned as it is, to be printed while it is read. */
  run(
    administration: Administration,
    values: Values<O>,
    argument: string,
  ): Promise<object | void> | AsyncIterable<object>;
}

/** One thing to do with a noun, such as `muster admin partners create`. */
export type AdminAction = ActionDefinition<Options>;

/** Declares an action, with the types of its option values taken from its options. */
export function adminAction<const O extends Options>(definition: ActionDefinition<O>): AdminAction {
  // `run` is only called with values that were parsed and checked against these options.
  return definition as unknown as AdminAction;
}

/** A noun of `muster admin`: what can be done with it, and how a list of it is shown. */
interface AdminNoun {
  readonly actions: Readonly<Record<string, AdminAction>>;
  readonly columns: readonly MemberColumn[];
  readonly example: string;
}

/** Without an action: the one that changes nothing. */
const defaultAction = 'list';

/** Makes the command of a noun: `muster admin NOUN ACTION [ID]`. */
export function defineAdminCommand(words: string, noun: AdminNoun): Command {
  const names = Object.keys(noun.actions);
  return defineCommand({
    usage: 'ACTION [ID]',
    argumentCount: [0, 2],
    isConnected: false,
    forms: Object.entries(noun.actions).map(([name, { argument, options }]) => ({
      words: [name, ...(argument === undefined ? [] : [argument])],
      options,
    })),
    example: noun.example,
    json: {
      'en-US': "The administration API's response; for a list, one object per line.",
      'zh-TW': '管理 API 的回應；清單則每行一個物件。',
    },
    options: { ...allOptions(noun), ...yesOption, ...adminConnectionOptions },
    async run(invocation, io) {
      const [name = defaultAction, argument] = invocation.arguments;
      const action = Object.hasOwn(noun.actions, name) ? noun.actions[name] : undefined;
      if (!action)
        throw usageError('badChoice', { option: 'ACTION', value: name, choices: names.join(', ') });
      // A noun's options are known only here, so their values are no more than names and values to the compiler.
      const given = invocation as unknown as Invocation;
      checkArgument(action, argument);
      checkExtra(action, given.values);
      const values = (await action.ask?.(given.values, given, io)) ?? given.values;
      checkRequired(action.options, values);
      if (name === 'update') checkChanges(action, values);
      if (action.isFinal) {
        const command = `admin ${words} ${[name, argument].filter(Boolean).join(' ')}`;
        const question = invocation.say('confirmAdmin', { command });
        await confirm({ values: invocation.values, say: invocation.say, question }, io);
      }
      const administration = await connectAdmin(invocation, io);
      try {
        const answer = action.run(administration, values, argument ?? '');
        if (Symbol.asyncIterator in answer)
          await printRows({ rows: answer, columns: noun.columns }, invocation, io);
        else await printResource({ answer: await answer, id: argument }, invocation, io);
      } catch (fault) {
        throw explain(fault, action);
      }
      return exitCode.finished;
    },
  });
}

/** The options of all actions; which of them are required depends on the action. */
function allOptions({ actions }: AdminNoun): Options {
  const options = Object.values(actions).flatMap((action) => Object.entries(action.options));
  return Object.fromEntries(options.map(([name, option]) => [name, { ...option, isRequired: false }]));
}

function checkArgument({ argument: name }: AdminAction, given: string | undefined): void {
  if (name !== undefined && given === undefined) throw usageError('missingArgument', { name });
  if (name === undefined && given !== undefined) throw usageError('tooManyArguments', { argument: given });
}

const sharedOptions = new Set(Object.keys({ ...generalOptions, ...adminConnectionOptions, ...yesOption }));

function checkExtra({ options }: AdminAction, values: Values<Options>): void {
  const isKnown = (name: string) => Object.hasOwn(options, name) || sharedOptions.has(name);
  const extra = Object.keys(values).find((name) => !isKnown(name));
  if (extra !== undefined) throw usageError('unknownOption', { option: `--${extra}` });
}

function checkChanges({ options }: AdminAction, values: Values<Options>): void {
  const names = Object.keys(options);
  if (names.every((name) => values[name] === undefined))
    throw usageError('nothingToChange', { options: names.map((name) => `--${name}`).join(', ') });
}

/** A refusal in the terms of the command line: who was refused, and options in place of members of the request. */
function explain(fault: unknown, action: AdminAction): unknown {
  if (!(fault instanceof ResponseError) || !fault.isExplained || fault.status >= 500) return fault;
  if (fault instanceof UnauthorizedError)
    return authenticationError('adminRefused', { description: fault.description });
  if (fault instanceof ForbiddenError) return fault;
  const { status, requestId } = fault;
  return new CliError('refused', { status, requestId, description: nameOptions(fault.description, action) });
}

/** The options that set each member of a request; which one, the action tells. Without one, it is the argument. */
const optionsOfMembers: Readonly<Record<string, readonly string[]>> = {
  partnerId: ['partner', 'id'],
  clientId: ['application', 'id'],
  customerId: ['id'],
  companyName: ['name'],
  displayName: ['display-name'],
  domainName: ['domain'],
  redirectUris: ['redirect-uri'],
  isPublic: ['public'],
  secretLifetimeDays: ['days'],
  lifetimeDays: ['days'],
  othersExpireInHours: ['grace-hours'],
  userPrincipalName: [],
  userId: [],
  administratorId: [],
  keyId: [],
  secretId: [],
  // Ordinary words too, so they are members only where a sentence begins with them.
  name: ['name'],
  roles: ['role'],
};

function nameOptions(description: string, { options, argument }: AdminAction): string {
  return description.replaceAll(
    /(?<start>^)?\b(?<member>\w+)\b(?:\[\d+\])?/g,
    (text, start, member: string) => {
      const known = Object.hasOwn(optionsOfMembers, member) ? optionsOfMembers[member] : undefined;
      if (!known || (start === undefined && /^[a-z]+$/.test(member))) return text;
      const option = known.find((name) => Object.hasOwn(options, name));
      return option === undefined ? (argument ?? text) : `--${option}`;
    },
  );
}
