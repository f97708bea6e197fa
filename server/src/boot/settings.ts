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
  log: {
    environment: 'MUSTER_LOG',
    flag: 'log',
    default: 'auto',
    description:
      'Where the log goes. json: JSON lines on standard output. file: JSON lines in muster.log in the data directory. auto: file when standard output is a terminal, otherwise json.',
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
  stopSeconds: {
    environment: 'MUSTER_STOP_SECONDS',
    default: '20',
    description:
      'How many seconds requests and jobs get to finish when the service stops; then they are cut off. Stopping embedded PostgreSQL takes up to 16 more. Keep the sum below what your supervisor waits.',
  },
  databaseConnections: {
    environment: 'MUSTER_DATABASE_CONNECTIONS',
    default: '12',
    description: 'How many connections a node keeps to PostgreSQL at the most.',
  },
  statementSeconds: {
    environment: 'MUSTER_STATEMENT_SECONDS',
    default: '30',
    description:
      'How many seconds a statement may take in PostgreSQL; then it is ended and the request gets a 503. Migrations have no limit.',
  },
  databaseWaitSeconds: {
    environment: 'MUSTER_DATABASE_WAIT_SECONDS',
    default: '10',
    description:
      'How many seconds a request waits for a free connection or for a lock, before it gets a 503, and how long PostgreSQL keeps a transaction in which nothing happens.',
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
  bodyMemoryBytes: {
    environment: 'MUSTER_BODY_MEMORY_BYTES',
    default: '67108864',
    description:
      'How many bytes of request bodies a node holds at once: being read, inflated, parsed and stored. More wait up to 20 seconds for room, then get a 503. One partner gets half of it at most, all requests without a token an eighth. At least MUSTER_BODY_BYTES.',
  },
  prepareThreads: {
    environment: 'MUSTER_PREPARE_THREADS',
    default: '',
    description:
      'How many threads read large uploads, at the most, beside the one that serves requests; they start when the first one comes. 0: none, it reads them itself. Default: 1 on up to four processors, 2 on more.',
  },
  answerCacheBytes: {
    environment: 'MUSTER_ANSWER_CACHE_BYTES',
    default: '67108864',
    description: 'The most memory that a node uses to keep responses for finished jobs, in bytes.',
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
  passwordGrant: {
    environment: 'MUSTER_PASSWORD_GRANT',
    default: 'false',
    description:
      'true: programs may get tokens with a user name and password. For local development: it bypasses the sign-in page.',
  },
  refreshTokenDays: {
    environment: 'MUSTER_REFRESH_TOKEN_DAYS',
    default: '90',
    description: 'A refresh token that is not used for this many days ends.',
  },
  refreshRotation: {
    environment: 'MUSTER_REFRESH_ROTATION',
    default: 'public',
    description:
      'public: refresh tokens of applications without a secret are good once, and the reuse of an old one revokes the sign-in. always: those of every application.',
  },
  trustedIssuers: {
    environment: 'MUSTER_TRUSTED_ISSUERS',
    default: '',
    description:
      'Other OpenID issuers whose access tokens are taken, such as Microsoft Entra ID: a JSON list, or the path of a file that holds one.',
  },
  rules: {
    environment: 'MUSTER_RULES',
    default: 'lenient',
    description:
      'lenient: take what old SDKs send, and tell each application once, in the log and in the response header Muster-Notice, what Partner Center refuses by now. today: refuse it as Partner Center does: tokens for Azure AD Graph (900420), user tokens without MFA evidence (900421), an application alone where app+user is documented. Users get MFA evidence from the token authority of Muster itself by an authenticator app, which they set up at /mfasetup.',
  },
  strictAppUser: {
    environment: 'MUSTER_STRICT_APP_USER',
    default: 'false',
    description:
      'true: creating a device batch needs a signed-in user (app+user), as Partner Center documents. false: an application alone may, too.',
  },
  adminSecret: {
    environment: 'MUSTER_ADMIN_SECRET',
    default: '',
    description:
      'A secret of at least 32 characters that opens the administration API, beside those of the administrators in the database. Prefer MUSTER_ADMIN_SECRET_FILE.',
  },
  adminSecretFile: {
    environment: 'MUSTER_ADMIN_SECRET_FILE',
    default: '',
    description: 'A file that holds the secret of MUSTER_ADMIN_SECRET.',
  },
  partnerRequestsPerMinute: {
    environment: 'MUSTER_PARTNER_REQUESTS_PER_MINUTE',
    default: '1200000',
    description: 'How many API requests a partner may make a minute, per node; 0 is no limit.',
  },
  customerRequestsPerMinute: {
    environment: 'MUSTER_CUSTOMER_REQUESTS_PER_MINUTE',
    default: '1200000',
    description:
      'How many API requests a partner may make a minute for one customer, per node; 0 is no limit.',
  },
  failedSignIns: {
    environment: 'MUSTER_FAILED_SIGN_INS',
    default: '50',
    description:
      'How many wrong secrets or passwords one address may send for one application or user within five minutes, per node, and twice as many in all; 0 is no limit.',
  },
  passwordChecksAtOnce: {
    environment: 'MUSTER_PASSWORD_CHECKS_AT_ONCE',
    default: '2',
    description:
      'How many secrets or passwords a node checks at the same time; each takes a thread for about 30 ms.',
  },
  trustedProxies: {
    environment: 'MUSTER_TRUSTED_PROXIES',
    default: '',
    description:
      "Addresses or networks (10.0.0.0/8) of proxies in front, separated by commas: their X-Forwarded-For is taken as the client's address.",
  },
  byteOrderMark: {
    environment: 'MUSTER_BYTE_ORDER_MARK',
    default: 'false',
    description:
      'true: each JSON body of the API begins with a UTF-8 byte order mark, as those of Partner Center do. For old clients that cut the first character off.',
  },
  corsOrigins: {
    environment: 'MUSTER_CORS_ORIGINS',
    default: '',
    description:
      'Origins whose pages may call the API and the token endpoints from a browser (CORS), separated by commas: https://tools.contoso.example. Each matches exactly. Default: none.',
  },
  claimCustomers: {
    environment: 'MUSTER_CLAIM_CUSTOMERS',
    default: '',
    description:
      "true: a customer id that nobody owns becomes the caller's customer on first use. Default: true on embedded PostgreSQL, false with DATABASE_URL.",
  },
} as const satisfies Record<string, SettingEntry>;

export type SettingName = keyof typeof settings;
