import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { settings, type SettingName } from './settings.ts';

/** What the service runs with. See `settings.ts` for what each means. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDirectory: string;
  readonly databaseUrl: string | undefined;
  readonly publicUrl: string | undefined;
  readonly role: 'all' | 'api' | 'worker';
  readonly logLevel: string;
  readonly jobsAtOnce: number;
  readonly databaseConnections: number;
  readonly devicesPerCall: number;
  readonly bodyBytes: number;
  readonly tokenAudiences: readonly string[];
  readonly tokenLifetimeSeconds: number;
  readonly claimCustomers: boolean;
}

/** A setting that cannot be used: the message names it and says what it takes. */
export class SettingError extends Error {}

/** Where settings come from; relative paths start at `directory`. */
export interface SettingSources {
  readonly arguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly directory?: string;
}

/** Reads flags, then environment, then defaults. Throws a SettingError for a value or a name it cannot use. */
export function readConfig(sources: SettingSources = {}): Config {
  const environment = sources.environment ?? process.env;
  const flags = readFlags(sources.arguments ?? []);
  refuseUnknown(environment);
  const text = (name: SettingName): string => {
    const setting = settings[name];
    return flags.get(name) ?? (environment[setting.environment]?.trim() || setting.default);
  };
  const databaseUrl = readDatabaseUrl(text('databaseUrl'));
  return {
    host: text('host'),
    port: readInteger('port', text('port'), { min: 0, max: 65_535 }),
    dataDirectory: resolve(sources.directory ?? process.cwd(), text('dataDirectory')),
    databaseUrl,
    publicUrl: readPublicUrl(text('publicUrl')),
    role: readChoice('role', text('role'), ['all', 'api', 'worker']),
    logLevel: readChoice('logLevel', text('logLevel'), [
      'fatal',
      'error',
      'warn',
      'info',
      'debug',
      'trace',
      'silent',
    ]),
    jobsAtOnce: readInteger('jobsAtOnce', text('jobsAtOnce'), { min: 1, max: 64 }),
    databaseConnections: readInteger('databaseConnections', text('databaseConnections'), {
      min: 4,
      max: 1000,
    }),
    devicesPerCall: readInteger('devicesPerCall', text('devicesPerCall'), { min: 1, max: 100_000 }),
    bodyBytes: readInteger('bodyBytes', text('bodyBytes'), { min: 1024, max: 1_073_741_824 }),
    tokenAudiences: text('tokenAudiences')
      .split(',')
      .map((audience) => audience.trim())
      .filter(Boolean),
    tokenLifetimeSeconds: readInteger('tokenLifetimeSeconds', text('tokenLifetimeSeconds'), {
      min: 60,
      max: 86_400,
    }),
    claimCustomers:
      readChoice('claimCustomers', text('claimCustomers') || String(databaseUrl === undefined), [
        'true',
        'false',
      ]) === 'true',
  };
}

function readFlags(args: readonly string[]): Map<SettingName, string> {
  const names = new Map<string, SettingName>();
  for (const name of Object.keys(settings) as SettingName[]) {
    const setting = settings[name];
    if ('flag' in setting) names.set(setting.flag, name);
  }
  const options = Object.fromEntries([...names.keys()].map((flag) => [flag, { type: 'string' as const }]));
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true });
    return new Map(
      Object.entries(values).map(([flag, value]) => [names.get(flag) as SettingName, String(value)]),
    );
  } catch (error) {
    throw new SettingError(
      `${(error as Error).message} Flags: ${[...names.keys()].map((flag) => `--${flag}`).join(', ')}.`,
    );
  }
}

/** A misspelt setting must not pass for a default. */
function refuseUnknown(environment: Readonly<Record<string, string | undefined>>): void {
  const known = new Set<string>([
    ...Object.values(settings).map((setting) => setting.environment),
    ...clientVariables,
  ]);
  const unknown = Object.keys(environment).filter((name) => name.startsWith('MUSTER_') && !known.has(name));
  if (unknown.length > 0)
    throw new SettingError(`There is no setting ${unknown.join(', ')}. See docs/operations.md.`);
}

/** What the command line reads; it may be set in the same shell. */
const clientVariables = [
  'MUSTER_URL',
  'MUSTER_AUTHORITY',
  'MUSTER_TENANT_ID',
  'MUSTER_CLIENT_ID',
  'MUSTER_CLIENT_SECRET',
  'MUSTER_CREDENTIALS',
  'MUSTER_CUSTOMER',
  'MUSTER_LOCALE',
  'MUSTER_CONFIG_DIR',
  'MUSTER_STATE_DIR',
];

function readInteger(name: SettingName, text: string, range: { min: number; max: number }): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= range.min && value <= range.max) return value;
  throw new SettingError(
    `${settings[name].environment} is "${text}"; it takes a whole number from ${range.min} to ${range.max}.`,
  );
}

function readChoice<const C extends string>(name: SettingName, text: string, choices: readonly C[]): C {
  const choice = choices.find((one) => one === text);
  if (choice !== undefined) return choice;
  throw new SettingError(
    `${settings[name].environment} is "${text}"; it takes one of ${choices.join(', ')}.`,
  );
}

function readDatabaseUrl(text: string): string | undefined {
  if (text === '') return undefined;
  // The value may hold a password, so it is not repeated.
  if (!/^postgres(ql)?:\/\//.test(text))
    throw new SettingError('DATABASE_URL takes a URL that begins with postgres://.');
  return text;
}

function readPublicUrl(text: string): string | undefined {
  if (text === '') return undefined;
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new SettingError(`MUSTER_PUBLIC_URL is "${text}"; it takes an http:// or https:// URL.`);
  }
  return text.replace(/\/+$/, '');
}
