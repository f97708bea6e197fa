import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parseNetwork } from '../registry/webhooks/address-check.ts';

/** A setting that cannot be used. The message names it and says what is valid. */
export class SettingError extends Error {}

/** Where the text of a setting comes from. */
interface SettingSource {
  /** The environment variable, for messages. */
  readonly name: string;
  /** Relative paths start here. */
  readonly directory: string;
}

/** Reads the text of a setting. Throws a SettingError. */
export type ReadSetting<T> = (text: string, source: SettingSource) => T;

/** Undefined when the setting is left empty. */
export function optional<T>(read: ReadSetting<T>): ReadSetting<T | undefined> {
  return (given, source) => (given === '' ? undefined : read(given, source));
}

export const text: ReadSetting<string> = (given) => given;

export const path: ReadSetting<string> = (given, { directory }) => resolve(directory, given);

export function integer(min: number, max: number): ReadSetting<number> {
  return (given, { name }) => {
    const value = Number(given);
    if (/^\d+$/.test(given) && value >= min && value <= max) return value;
    throw new SettingError(`${name} is "${given}"; it takes a whole number from ${min} to ${max}.`);
  };
}

export function choice<const C extends string>(...choices: readonly C[]): ReadSetting<C> {
  return (given, { name }) => {
    const chosen = choices.find((one) => one === given);
    if (chosen !== undefined) return chosen;
    throw new SettingError(`${name} is "${given}"; it takes one of ${choices.join(', ')}.`);
  };
}

export const boolean: ReadSetting<boolean> = (given, source) =>
  choice('true', 'false')(given, source) === 'true';

export const list: ReadSetting<readonly string[]> = (given) =>
  given
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);

/** A list whose items are checked. `fix` says what is wrong with one that is not good. */
function checkedList(isGood: (item: string) => boolean, fix: string): ReadSetting<readonly string[]> {
  return (given, source) => {
    const items = list(given, source);
    const wrong = items.find((item) => !isGood(item));
    if (wrong !== undefined) throw new SettingError(`${source.name} contains "${wrong}", ${fix}`);
    return items;
  };
}

export const networks = checkedList(
  (network) => /^[^/]+(\/\d{1,3})?$/.test(network) && isIP(network.split('/')[0] ?? '') !== 0,
  'which is not an IP address or network.',
);

export const origins = checkedList(
  (origin) => URL.canParse(origin) && new URL(origin).origin === origin,
  'which is not an origin. Write origins completely, in lowercase and without a path, such as https://tools.contoso.example or http://localhost:5173.',
);

const checkedHosts = checkedList(
  (host) => URL.canParse(`http://${host}`) && !/[/?#@]/.test(host),
  'which is not a host name. Write names without https:// and without a path.',
);

export const hosts: ReadSetting<readonly string[]> = (given, source) =>
  checkedHosts(given.toLowerCase(), source);

export const webhookNetworks: ReadSetting<readonly string[]> = (given, source) => {
  const items = list(given, source);
  try {
    items.forEach(parseNetwork);
  } catch (error) {
    throw new SettingError(`${source.name}: ${(error as Error).message}`);
  }
  return items;
};

export const databaseUrl = optional((given, { name }) => {
  // The value may hold a password, so it is not repeated.
  if (!/^postgres(ql)?:\/\//.test(given) || !URL.canParse(given))
    throw new SettingError(
      `${name} must be a URL that starts with postgres://, with special characters percent-encoded.`,
    );
  return given;
});

export const webUrl = optional((given, { name }) => {
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol))
    throw new SettingError(`${name} is "${given}", which is not an http:// or https:// URL.`);
  return given.replace(/\/+$/, '');
});

/** A JSON list, or the path of a file that contains one. Its reader comes later: its validator would slow every start. */
export const jsonOrFile: ReadSetting<string> = (given, source) =>
  given === '' || given.startsWith('[') ? given : readTextFile(given, source);

/** Short secrets can be guessed. */
const secretCharactersMin = 32;

/** The administration secret. No message repeats it. */
export const secret: ReadSetting<string> = (given) => {
  if (given.length >= secretCharactersMin && /^[\w.~+/-]+=*$/.test(given)) return given;
  throw new SettingError(
    `The administration secret must have at least ${secretCharactersMin} characters: letters, digits, or -._~+/, such as the output of "openssl rand -base64 48".`,
  );
};

export const secretFile: ReadSetting<string> = (given, source) => secret(readTextFile(given, source), source);

function readTextFile(file: string, { name, directory }: SettingSource): string {
  try {
    return readFileSync(resolve(directory, file), 'utf8').trim();
  } catch (error) {
    throw new SettingError(`The file of ${name} cannot be read: ${(error as Error).message}.`);
  }
}
