import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseNetwork } from '../registry/webhooks/address-check.ts';
import { settings, type SettingName } from './settings.ts';

/** The service's configuration. `settings.ts` describes each setting. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDirectory: string;
  readonly databaseUrl: string | undefined;
  readonly publicUrl: string | undefined;
  readonly authorityHosts: readonly string[];
  readonly role: 'all' | 'api' | 'worker';
  readonly log: 'auto' | 'json' | 'file';
  readonly logLevel: string;
  readonly jobsAtOnce: number;
  /** How long requests and jobs may take to finish when the service stops. Seconds. */
  readonly stopSeconds: number;
  readonly databaseConnections: number;
  readonly statementSeconds: number;
  readonly databaseWaitSeconds: number;
  readonly devicesPerCall: number;
  /** For how many days audit records are kept. */
  readonly auditDays: number;
  readonly bodyBytes: number;
  readonly bodyMemoryBytes: number;
  readonly prepareThreads: number;
  readonly answerCacheBytes: number;
  readonly tokenAudiences: readonly string[];
  readonly tokenLifetimeSeconds: number;
  readonly claimCustomers: boolean;
  readonly allowsPasswordGrant: boolean;
  readonly refreshTokenDays: number;
  readonly rotatesEveryRefreshToken: boolean;
  /** As JSON, read by `boot/trusted-issuers.ts`: its validator would slow every start. */
  readonly trustedIssuers: string;
  readonly rules: 'lenient' | 'today';
  readonly isStrictAboutAppUser: boolean;
  /** A secret. Undefined when only the administrators of the database may administrate. */
  readonly adminSecret: string | undefined;
  readonly partnerRequestsPerMinute: number;
  readonly customerRequestsPerMinute: number;
  /** Requests that may wait for the end of a job, on a node and for each partner. */
  readonly waitingRequests: { readonly perNode: number; readonly perPartner: number };
  readonly failedSignIns: number;
  readonly passwordChecksAtOnce: number;
  readonly trustedProxies: readonly string[];
  /** Networks beside the public internet to which webhooks may be sent. */
  readonly webhookNetworks: readonly string[];
  /** As browsers write them in `Origin`. */
  readonly corsOrigins: readonly string[];
  readonly hasByteOrderMark: boolean;
}

/** A setting that cannot be used. The message names it and says what is valid. */
export class SettingError extends Error {}

/** Where settings come from. Relative paths start at `directory`. */
export interface SettingSources {
  readonly arguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly directory?: string;
}

/** Reads flags, then environment variables, then defaults. Throws a SettingError for an invalid value or an unknown name. */
export function readConfig(sources: SettingSources = {}): Config {
  const environment = sources.environment ?? process.env;
  const flags = readFlags(sources.arguments ?? []);
  refuseUnknown(environment);
  const text = (name: SettingName): string => {
    const setting = settings[name];
    return flags.get(name) ?? (environment[setting.environment]?.trim() || setting.default);
  };
  const directory = sources.directory ?? process.cwd();
  const databaseUrl = readDatabaseUrl(text('databaseUrl'));
  return {
    host: text('host'),
    port: readInteger('port', text('port'), { min: 0, max: 65_535 }),
    dataDirectory: resolve(directory, text('dataDirectory')),
    databaseUrl,
    publicUrl: readPublicUrl(text('publicUrl')),
    authorityHosts: readHosts(text('authorityHosts')),
    role: readChoice('role', text('role'), ['all', 'api', 'worker']),
    log: readChoice('log', text('log'), ['auto', 'json', 'file']),
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
    stopSeconds: readInteger('stopSeconds', text('stopSeconds'), { min: 1, max: 3600 }),
    databaseConnections: readInteger('databaseConnections', text('databaseConnections'), {
      min: 6,
      max: 1000,
    }),
    statementSeconds: readInteger('statementSeconds', text('statementSeconds'), { min: 1, max: 3600 }),
    databaseWaitSeconds: readInteger('databaseWaitSeconds', text('databaseWaitSeconds'), {
      min: 1,
      max: 3600,
    }),
    auditDays: readInteger('auditDays', text('auditDays'), { min: 1, max: 36_500 }),
    devicesPerCall: readInteger('devicesPerCall', text('devicesPerCall'), { min: 1, max: 100_000 }),
    bodyBytes: readInteger('bodyBytes', text('bodyBytes'), { min: 1024, max: 1_073_741_824 }),
    bodyMemoryBytes: readInteger('bodyMemoryBytes', text('bodyMemoryBytes'), {
      min: readInteger('bodyBytes', text('bodyBytes'), { min: 1024, max: 1_073_741_824 }),
      max: 17_179_869_184,
    }),
    prepareThreads: readPrepareThreads(text('prepareThreads')),
    answerCacheBytes: readInteger('answerCacheBytes', text('answerCacheBytes'), {
      min: 1,
      max: 17_179_869_184,
    }),
    tokenAudiences: readList(text('tokenAudiences')),
    tokenLifetimeSeconds: readInteger('tokenLifetimeSeconds', text('tokenLifetimeSeconds'), {
      min: 60,
      max: 86_400,
    }),
    claimCustomers: readFlag('claimCustomers', text('claimCustomers') || String(databaseUrl === undefined)),
    allowsPasswordGrant: readFlag('passwordGrant', text('passwordGrant')),
    refreshTokenDays: readInteger('refreshTokenDays', text('refreshTokenDays'), { min: 1, max: 3650 }),
    rotatesEveryRefreshToken:
      readChoice('refreshRotation', text('refreshRotation'), ['public', 'always']) === 'always',
    trustedIssuers: readIssuers(text('trustedIssuers'), directory),
    rules: readChoice('rules', text('rules'), ['lenient', 'today']),
    isStrictAboutAppUser: readFlag('strictAppUser', text('strictAppUser')),
    adminSecret: readAdminSecret(text('adminSecret'), text('adminSecretFile'), directory),
    partnerRequestsPerMinute: readInteger(
      'partnerRequestsPerMinute',
      text('partnerRequestsPerMinute'),
      anyCount,
    ),
    customerRequestsPerMinute: readInteger(
      'customerRequestsPerMinute',
      text('customerRequestsPerMinute'),
      anyCount,
    ),
    waitingRequests: {
      perNode: readInteger('waitingRequests', text('waitingRequests'), anyCount),
      perPartner: readInteger('waitingRequestsPerPartner', text('waitingRequestsPerPartner'), anyCount),
    },
    failedSignIns: readInteger('failedSignIns', text('failedSignIns'), anyCount),
    passwordChecksAtOnce: readInteger('passwordChecksAtOnce', text('passwordChecksAtOnce'), {
      min: 1,
      max: 64,
    }),
    trustedProxies: readProxies(text('trustedProxies')),
    webhookNetworks: readNetworks(text('webhookNetworks')),
    corsOrigins: readOrigins(text('corsOrigins')),
    hasByteOrderMark: readFlag('byteOrderMark', text('byteOrderMark')),
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
  'MUSTER_CUSTOMER',
  'MUSTER_LOCALE',
  'MUSTER_CONFIG_DIR',
  'MUSTER_STATE_DIR',
];

function readPrepareThreads(text: string): number {
  if (text === '') return availableParallelism() <= 4 ? 1 : 2;
  return readInteger('prepareThreads', text, { min: 0, max: 16 });
}

const anyCount = { min: 0, max: 1_000_000_000 };

function readFlag(name: SettingName, text: string): boolean {
  return readChoice(name, text, ['true', 'false']) === 'true';
}

function readList(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
}

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
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text))
    throw new SettingError(
      'DATABASE_URL must be a URL that starts with postgres://, with special characters percent-encoded.',
    );
  return text;
}

function readIssuers(text: string, directory: string): string {
  if (text === '' || text.startsWith('[')) return text;
  return readTextFile('MUSTER_TRUSTED_ISSUERS', resolve(directory, text));
}

/** Short secrets can be guessed. No message repeats a secret. */
const adminSecretCharactersMin = 32;

function readAdminSecret(text: string, file: string, directory: string): string | undefined {
  if (text !== '' && file !== '')
    throw new SettingError('Set MUSTER_ADMIN_SECRET or MUSTER_ADMIN_SECRET_FILE, not both.');
  const secret = file === '' ? text : readTextFile('MUSTER_ADMIN_SECRET_FILE', resolve(directory, file));
  if (secret === '' && file === '') return undefined;
  if (secret.length < adminSecretCharactersMin || !/^[\w.~+/-]+=*$/.test(secret)) {
    throw new SettingError(
      `The administration secret must have at least ${adminSecretCharactersMin} characters: letters, digits, or -._~+/, such as the output of "openssl rand -base64 48".`,
    );
  }
  return secret;
}

function readTextFile(setting: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new SettingError(`The file of ${setting} cannot be read: ${(error as Error).message}.`);
  }
}

function readProxies(text: string): string[] {
  const proxies = readList(text);
  const wrong = proxies.find(
    (proxy) => !/^[^/]+(\/\d{1,3})?$/.test(proxy) || isIP(proxy.split('/')[0] ?? '') === 0,
  );
  if (wrong !== undefined)
    throw new SettingError(
      `MUSTER_TRUSTED_PROXIES contains "${wrong}", which is not an IP address or network.`,
    );
  return proxies;
}

function readNetworks(text: string): string[] {
  const networks = readList(text);
  for (const network of networks) {
    try {
      parseNetwork(network);
    } catch (error) {
      throw new SettingError(`MUSTER_WEBHOOK_NETWORKS: ${(error as Error).message}`);
    }
  }
  return networks;
}

function readOrigins(text: string): string[] {
  const origins = readList(text);
  const wrong = origins.find((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin);
  if (wrong !== undefined)
    throw new SettingError(
      `MUSTER_CORS_ORIGINS contains "${wrong}", which is not an origin. Write origins completely, in lowercase and without a path, such as https://tools.contoso.example or http://localhost:5173.`,
    );
  return origins;
}

function readHosts(text: string): string[] {
  const hosts = readList(text).map((host) => host.toLowerCase());
  const wrong = hosts.find((host) => !URL.canParse(`http://${host}`) || /[/?#@]/.test(host));
  if (wrong !== undefined)
    throw new SettingError(
      `MUSTER_AUTHORITY_HOSTS contains "${wrong}", which is not a host name. Write names without https:// and without a path.`,
    );
  return hosts;
}

function readPublicUrl(text: string): string | undefined {
  if (text === '') return undefined;
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new SettingError(`MUSTER_PUBLIC_URL is "${text}", which is not an http:// or https:// URL.`);
  }
  return text.replace(/\/+$/, '');
}
