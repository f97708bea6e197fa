import * as read from './setting-readers.ts';

/** One setting of the service. */
interface Setting {
  readonly environment: string;
  /** The command-line flag, if there is one. */
  readonly flag?: string;
  readonly default: string;
  readonly description: string;
  /** Reads its text. What it returns is the setting's value in `Config`. */
  readonly read: read.ReadSetting<unknown>;
}

const countMax = 1_000_000_000;

/**
 * Every setting of the service, and nowhere else: `Config`, the help page and the operations guide are made from this table.
 * Flags take precedence over environment variables, and those over defaults.
 */
export const settings = {
  host: {
    environment: 'MUSTER_HOST',
    flag: 'host',
    default: '127.0.0.1',
    description: 'The address to listen on. Use 0.0.0.0 only behind a proxy that terminates TLS.',
    read: read.text,
  },
  port: {
    environment: 'MUSTER_PORT',
    flag: 'port',
    default: '8080',
    description: 'The TCP port to listen on. 0 uses any free port.',
    read: read.integer(0, 65_535),
  },
  dataDirectory: {
    environment: 'MUSTER_DATA_DIR',
    flag: 'data-dir',
    default: '.muster',
    description:
      'The folder of the embedded PostgreSQL, credentials.json and muster.log. Relative to the current directory.',
    read: read.path,
  },
  databaseUrl: {
    environment: 'DATABASE_URL',
    default: '',
    description: 'A PostgreSQL server (15 to 18) to use instead of the embedded one, as a postgres:// URL.',
    read: read.databaseUrl,
  },
  publicUrl: {
    environment: 'MUSTER_PUBLIC_URL',
    default: '',
    description:
      'The URL at which clients reach the service, and the issuer of its tokens. Must be the same on every node. Default: http://HOST:PORT.',
    read: read.webUrl,
  },
  authorityHosts: {
    environment: 'MUSTER_AUTHORITY_HOSTS',
    default: '',
    description:
      'Other host names at which clients reach the token authority, with their port if they use one, separated by commas: muster.contoso.example, 10.1.2.3:8443. Instance discovery confirms them to MSAL and ADAL.',
    read: read.hosts,
  },
  role: {
    environment: 'MUSTER_ROLE',
    default: 'all',
    description:
      'all: serve the API and run jobs. api: only serve the API. worker: only run jobs (and answer health checks).',
    read: read.choice('all', 'api', 'worker'),
  },
  log: {
    environment: 'MUSTER_LOG',
    flag: 'log',
    default: 'auto',
    description:
      'The destination of the log. json: JSON lines on standard output. file: JSON lines in muster.log in the data directory. auto: file if standard output is a terminal, otherwise json.',
    read: read.choice('auto', 'json', 'file'),
  },
  logLevel: {
    environment: 'MUSTER_LOG_LEVEL',
    default: 'info',
    description:
      'fatal, error, warn, info, debug, trace or silent. At info, the log has one line per request.',
    read: read.choice('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
  },
  jobsAtOnce: {
    environment: 'MUSTER_JOBS_AT_ONCE',
    default: '2',
    description: 'The maximum number of batch jobs that a node runs at the same time.',
    read: read.integer(1, 64),
  },
  stopSeconds: {
    environment: 'MUSTER_STOP_SECONDS',
    default: '20',
    description:
      'The time in seconds that requests and jobs have to finish when the service stops. After that they are aborted. Stopping the embedded PostgreSQL takes up to 16 seconds more. Keep the sum below the timeout of your supervisor.',
    read: read.integer(1, 3600),
  },
  databaseConnections: {
    environment: 'MUSTER_DATABASE_CONNECTIONS',
    default: '12',
    description: 'The maximum number of connections that a node keeps to PostgreSQL.',
    read: read.integer(6, 1000),
  },
  statementSeconds: {
    environment: 'MUSTER_STATEMENT_SECONDS',
    default: '30',
    description:
      'The maximum duration of an SQL statement in seconds. A statement that takes longer is canceled, and the request gets a 503. Migrations have no limit.',
    read: read.integer(1, 3600),
  },
  databaseWaitSeconds: {
    environment: 'MUSTER_DATABASE_WAIT_SECONDS',
    default: '10',
    description:
      'The maximum time in seconds that a request waits for a free connection or a lock before it gets a 503, and the maximum time that PostgreSQL keeps an idle transaction.',
    read: read.integer(1, 3600),
  },
  auditDays: {
    environment: 'MUSTER_AUDIT_DAYS',
    default: '400',
    description:
      'For how many days audit records are kept, at least. They are removed a calendar month at a time.',
    read: read.integer(1, 36_500),
  },
  devicesPerCall: {
    environment: 'MUSTER_DEVICES_PER_CALL',
    default: '1000',
    description: 'The maximum number of devices in one request.',
    read: read.integer(1, 100_000),
  },
  bodyBytes: {
    environment: 'MUSTER_BODY_BYTES',
    default: '16777216',
    description: 'The maximum size of a request body in bytes.',
    read: read.integer(1024, 1_073_741_824),
  },
  bodyMemoryBytes: {
    environment: 'MUSTER_BODY_MEMORY_BYTES',
    default: '67108864',
    description:
      'The maximum number of bytes of request bodies that a node holds at the same time, while it reads, inflates, parses and stores them. Further requests wait up to 20 seconds for room, then get a 503. One partner can use half of it, and all requests without a token together an eighth. At least MUSTER_BODY_BYTES.',
    read: read.integer(1024, 17_179_869_184),
  },
  uploadThreads: {
    environment: 'MUSTER_UPLOAD_THREADS',
    default: '',
    description:
      'The maximum number of threads that read large uploads, in addition to the thread that serves requests. They start with the first large upload. 0: no such threads. Default: 1 with up to four processors, otherwise 2.',
    read: read.optional(read.integer(0, 16)),
  },
  statusCacheBytes: {
    environment: 'MUSTER_STATUS_CACHE_BYTES',
    default: '67108864',
    description: 'The maximum number of bytes of responses for finished jobs that a node keeps in memory.',
    read: read.integer(1, 17_179_869_184),
  },
  tokenAudiences: {
    environment: 'MUSTER_TOKEN_AUDIENCES',
    default: '',
    description: 'Additional audiences to accept in tokens, separated by commas.',
    read: read.list,
  },
  tokenLifetimeSeconds: {
    environment: 'MUSTER_TOKEN_LIFETIME_SECONDS',
    default: '3599',
    description: 'The lifetime of access tokens that Muster issues, in seconds.',
    read: read.integer(60, 86_400),
  },
  allowsPasswordGrant: {
    environment: 'MUSTER_PASSWORD_GRANT',
    default: 'false',
    description:
      'true: programs can get tokens with a user name and password. For local development only: it bypasses the sign-in page.',
    read: read.boolean,
  },
  refreshTokenDays: {
    environment: 'MUSTER_REFRESH_TOKEN_DAYS',
    default: '90',
    description: 'The number of days after which an unused refresh token expires.',
    read: read.integer(1, 3650),
  },
  refreshRotation: {
    environment: 'MUSTER_REFRESH_ROTATION',
    default: 'public',
    description:
      'public: refresh tokens of applications without a secret can be used once, and reusing one revokes the sign-in. always: the same for every application.',
    read: read.choice('public', 'always'),
  },
  trustedIssuers: {
    environment: 'MUSTER_TRUSTED_ISSUERS',
    default: '',
    description:
      'Other OpenID issuers whose access tokens are accepted, such as Microsoft Entra ID: a JSON list, or the path of a file that contains one.',
    read: read.jsonOrFile,
  },
  rules: {
    environment: 'MUSTER_RULES',
    default: 'lenient',
    description:
      "lenient: accept what old SDKs send, and notify each application once, in the log and in the response header Muster-Notice, of what Partner Center no longer accepts. today: refuse it as Partner Center does: tokens for Azure AD Graph (900420), user tokens without evidence of multifactor authentication (900421), and application-only calls where app+user is documented. For such evidence from Muster's own token authority, users set up an authenticator app at /mfasetup.",
    read: read.choice('lenient', 'today'),
  },
  isStrictAboutAppUser: {
    environment: 'MUSTER_STRICT_APP_USER',
    default: 'false',
    description:
      'true: creating a device batch requires a signed-in user (app+user), as Partner Center documents. false: an application alone can do it, too.',
    read: read.boolean,
  },
  adminSecret: {
    environment: 'MUSTER_ADMIN_SECRET',
    default: '',
    description:
      'A secret of at least 32 characters for the administration API, in addition to those of the administrators in the database. Prefer MUSTER_ADMIN_SECRET_FILE.',
    read: read.optional(read.secret),
  },
  adminSecretFile: {
    environment: 'MUSTER_ADMIN_SECRET_FILE',
    default: '',
    description: 'A file that contains the secret, instead of MUSTER_ADMIN_SECRET.',
    read: read.optional(read.secretFile),
  },
  partnerRequestsPerMinute: {
    environment: 'MUSTER_PARTNER_REQUESTS_PER_MINUTE',
    default: '1200000',
    description: 'The maximum number of API requests of a partner per minute and node. 0: no limit.',
    read: read.integer(0, countMax),
  },
  customerRequestsPerMinute: {
    environment: 'MUSTER_CUSTOMER_REQUESTS_PER_MINUTE',
    default: '1200000',
    description:
      'The maximum number of API requests of a partner for one customer per minute and node. 0: no limit.',
    read: read.integer(0, countMax),
  },
  waitingRequests: {
    environment: 'MUSTER_WAITING_REQUESTS',
    default: '4000',
    description:
      'The maximum number of requests that a node holds open at the same time: those that wait for the end of a job (Prefer: wait), and streams of events. Beyond it, the former are answered at once, and the latter get a 503. 0: none.',
    read: read.integer(0, countMax),
  },
  waitingRequestsPerPartner: {
    environment: 'MUSTER_WAITING_REQUESTS_PER_PARTNER',
    default: '2000',
    description: 'The maximum number of such requests of one partner per node.',
    read: read.integer(0, countMax),
  },
  failedSignIns: {
    environment: 'MUSTER_FAILED_SIGN_INS',
    default: '50',
    description:
      'The maximum number of wrong secrets or passwords from one address for one application or user within five minutes and per node, and twice as many in total. 0: no limit.',
    read: read.integer(0, countMax),
  },
  passwordChecksAtOnce: {
    environment: 'MUSTER_PASSWORD_CHECKS_AT_ONCE',
    default: '2',
    description:
      'The maximum number of secrets or passwords that a node checks at the same time. Each check occupies a thread for about 30 ms.',
    read: read.integer(1, 64),
  },
  trustedProxies: {
    environment: 'MUSTER_TRUSTED_PROXIES',
    default: '',
    description:
      "Addresses or networks (10.0.0.0/8) of proxies in front of the service, separated by commas. The client's address is taken from their X-Forwarded-For header.",
    read: read.networks,
  },
  webhookNetworks: {
    environment: 'MUSTER_WEBHOOK_NETWORKS',
    default: '',
    description:
      'Networks to which webhooks can be sent in addition to the public internet, separated by commas: 10.20.0.0/16,127.0.0.1. By default, webhooks are not sent to loopback, private, link-local, or other special addresses.',
    read: read.webhookNetworks,
  },
  hasByteOrderMark: {
    environment: 'MUSTER_BYTE_ORDER_MARK',
    default: 'false',
    description:
      'true: each JSON body of the API starts with a UTF-8 byte order mark, as in Partner Center. For old clients that remove the first character.',
    read: read.boolean,
  },
  corsOrigins: {
    environment: 'MUSTER_CORS_ORIGINS',
    default: '',
    description:
      'Origins whose pages can call the API and the token endpoints from a browser (CORS), separated by commas: https://tools.contoso.example. Origins match exactly. Default: none.',
    read: read.origins,
  },
  console: {
    environment: 'MUSTER_CONSOLE',
    default: 'on',
    description: 'on: serve the web console at /console/. off: do not serve it.',
    read: read.choice('on', 'off'),
  },
  claimCustomers: {
    environment: 'MUSTER_CLAIM_CUSTOMERS',
    default: '',
    description:
      "true: an unknown customer ID becomes the caller's customer on first use. Default: true with the embedded PostgreSQL, false with DATABASE_URL.",
    read: read.optional(read.boolean),
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;
