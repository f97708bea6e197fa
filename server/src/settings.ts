/** One setting of the service: the operations guide is checked against this table. */
interface SettingEntry {
  readonly environment: string;
  /** The flag of `npm start --`, where there is one. */
  readonly flag?: string;
  readonly default: string;
  readonly description: string;
}

/** Every setting the service reads. Flags win over the environment, the environment over the default. */
export const settings = {
  host: {
    environment: 'MUSTER_HOST',
    flag: 'host',
    default: '127.0.0.1',
    description: 'The address to listen on. Use 0.0.0.0 only behind something that speaks TLS.',
  },
  port: {
    environment: 'MUSTER_PORT',
    flag: 'port',
    default: '8080',
    description: 'The TCP port to listen on; 0 takes any free one.',
  },
  dataDirectory: {
    environment: 'MUSTER_DATA_DIR',
    flag: 'data-dir',
    default: '.muster',
    description: 'Where embedded PostgreSQL and credentials.json live. Relative to the project.',
  },
  databaseUrl: {
    environment: 'DATABASE_URL',
    default: '',
    description: 'A PostgreSQL 15 to 18 to use instead of the embedded one, as a postgres:// URL.',
  },
  publicUrl: {
    environment: 'MUSTER_PUBLIC_URL',
    default: '',
    description:
      'The URL clients reach the service at: it names the issuer of tokens. Default: http://HOST:PORT. Set the same on every node.',
  },
  role: {
    environment: 'MUSTER_ROLE',
    default: 'all',
    description:
      'all: serve the API and run jobs. api: serve only. worker: run jobs only (and answer health checks).',
  },
  logLevel: {
    environment: 'MUSTER_LOG_LEVEL',
    default: 'info',
    description: 'fatal, error, warn, info, debug, trace or silent. At info, one JSON line a request.',
  },
  jobsAtOnce: {
    environment: 'MUSTER_JOBS_AT_ONCE',
    default: '2',
    description: 'How many batch jobs a node runs at the same time.',
  },
  databaseConnections: {
    environment: 'MUSTER_DATABASE_CONNECTIONS',
    default: '12',
    description: 'How many connections a node keeps to PostgreSQL at the most.',
  },
  devicesPerCall: {
    environment: 'MUSTER_DEVICES_PER_CALL',
    default: '1000',
    description: 'How many devices one call takes at the most.',
  },
  bodyBytes: {
    environment: 'MUSTER_BODY_BYTES',
    default: '16777216',
    description: 'The largest request body, in bytes.',
  },
  tokenAudiences: {
    environment: 'MUSTER_TOKEN_AUDIENCES',
    default: '',
    description: 'More audiences to accept in tokens, separated by commas.',
  },
  tokenLifetimeSeconds: {
    environment: 'MUSTER_TOKEN_LIFETIME_SECONDS',
    default: '3599',
    description: "How long a token of Muster's own authority is valid.",
  },
  claimCustomers: {
    environment: 'MUSTER_CLAIM_CUSTOMERS',
    default: '',
    description:
      "true: a customer id that nobody owns becomes the caller's customer on first use. Default: true on embedded PostgreSQL, false with DATABASE_URL.",
  },
} as const satisfies Record<string, SettingEntry>;

export type SettingName = keyof typeof settings;
