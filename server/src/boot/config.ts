import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { SettingError } from './setting-readers.ts';
import { settings } from './settings.ts';

export { SettingError } from './setting-readers.ts';

type SettingName = keyof typeof settings;
type Values = { readonly [Name in SettingName]: ReturnType<(typeof settings)[Name]['read']> };

/** The service's configuration. `settings.ts` describes each setting. */
export interface Config extends Omit<Values, 'adminSecretFile' | 'claimCustomers' | 'uploadThreads'> {
  readonly claimCustomers: boolean;
  readonly uploadThreads: number;
}

/** Where settings come from. Relative paths start at `directory`. */
export interface SettingSources {
  readonly arguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly directory?: string;
}

/** Reads flags, then environment variables, then defaults. Throws a SettingError for an invalid value or an unknown name. */
export function readConfig(sources: SettingSources = {}): Config {
  const { adminSecretFile, claimCustomers, ...values } = readValues(sources);
  if (values.adminSecret !== undefined && adminSecretFile !== undefined)
    throw new SettingError('Set MUSTER_ADMIN_SECRET or MUSTER_ADMIN_SECRET_FILE, not both.');
  if (values.bodyMemoryBytes < values.bodyBytes)
    throw new SettingError('MUSTER_BODY_MEMORY_BYTES must be at least MUSTER_BODY_BYTES.');
  return {
    ...values,
    adminSecret: values.adminSecret ?? adminSecretFile,
    claimCustomers: claimCustomers ?? values.databaseUrl === undefined,
    uploadThreads: values.uploadThreads ?? (availableParallelism() <= 4 ? 1 : 2),
  };
}

function readValues(sources: SettingSources): Values {
  const { environment = process.env, directory = process.cwd() } = sources;
  const flags = readFlags(sources.arguments ?? []);
  refuseUnknown(environment);
  const entries = (Object.keys(settings) as SettingName[]).map((name) => {
    const { environment: variable, default: standard, read } = settings[name];
    const given = flags.get(name) ?? (environment[variable]?.trim() || standard);
    return [name, read(given, { name: variable, directory })];
  });
  // Each value is what its own row reads; a list of entries cannot show that to the compiler.
  return Object.fromEntries(entries) as Values;
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

/** A misspelled setting must not be ignored. */
function refuseUnknown(environment: Readonly<Record<string, string | undefined>>): void {
  const known = new Set<string>([
    ...Object.values(settings).map((setting) => setting.environment),
    ...clientVariables,
  ]);
  const unknown = Object.keys(environment).filter((name) => name.startsWith('MUSTER_') && !known.has(name));
  if (unknown.length > 0)
    throw new SettingError(`Unknown setting: ${unknown.join(', ')}. See docs/operations.md.`);
}

/** Variables of the command line, which may be set in the same shell. */
const clientVariables = [
  'MUSTER_URL',
  'MUSTER_AUTHORITY',
  'MUSTER_TENANT_ID',
  'MUSTER_CLIENT_ID',
  'MUSTER_CLIENT_SECRET',
  'MUSTER_CREDENTIALS',
  'MUSTER_ADMIN_CREDENTIALS',
  'MUSTER_CUSTOMER',
  'MUSTER_LOCALE',
  'MUSTER_CONFIG_DIR',
  'MUSTER_STATE_DIR',
];
