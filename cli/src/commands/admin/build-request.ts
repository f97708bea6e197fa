import { usageError } from '../../cli-error.ts';
import type { AdminRequest } from '../../connection/admin-connection.ts';
import { parameterOptions, type AdminAction, type BodyMember } from './admin-action.ts';

/** What was given for options, by their names. */
export type GivenValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** The request of an action. Throws a usage error when the argument or an option of the path is missing. */
export function buildRequest(
  action: AdminAction,
  given: { argument: string | undefined; values: GivenValues },
): AdminRequest {
  const takesArgument = action.argument !== undefined || action.argumentMember !== undefined;
  if (takesArgument && given.argument === undefined) throw usageError('missingArgument', { name: 'ID' });
  if (!takesArgument && given.argument !== undefined)
    throw usageError('tooManyArguments', { argument: given.argument });
  const path = action.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(name === action.argument ? (given.argument ?? '') : readParameter(name, given.values)),
  );
  const filters = (action.filters ?? []).flatMap((option) => {
    const value = given.values[option];
    return value === undefined ? [] : [`${option}Id=${encodeURIComponent(String(value))}`];
  });
  const body = buildBody(action, given);
  return {
    method: action.method,
    path: filters.length === 0 ? path : `${path}?${filters.join('&')}`,
    ...(body && { body }),
  };
}

function readParameter(name: string, values: GivenValues): string {
  const option = parameterOptions[name] ?? name;
  const value = values[option];
  if (value === undefined) throw usageError('missingOption', { option: `--${option}` });
  return String(value);
}

function buildBody(
  action: AdminAction,
  { argument, values }: { argument: string | undefined; values: GivenValues },
): object | undefined {
  if (action.body === undefined && action.fixed === undefined && action.argumentMember === undefined)
    return undefined;
  const members = Object.entries(action.body ?? {}).flatMap(([option, about]) => {
    const value = values[option];
    return value === undefined ? [] : [[about.member, readMember(about, value, option)] as const];
  });
  return {
    ...action.fixed,
    ...(action.argumentMember !== undefined && { [action.argumentMember]: argument }),
    ...Object.fromEntries(members),
  };
}

function readMember(about: BodyMember, given: string | boolean | readonly string[], option: string): unknown {
  if (about.value !== undefined) return about.value;
  return about.read ? about.read(given, option) : given;
}
