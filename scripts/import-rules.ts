/** A part of the repository and what its files may import. What is not listed is refused. */
export interface Place {
  /** A folder, or one file. A file belongs to the longest path that holds it. */
  readonly path: string;
  /** What it holds, in the words of ARCHITECTURE.md. */
  readonly holds: string;
  /** Other places whose files it may import. */
  readonly imports: readonly string[];
  /** Node's own modules it may import. Default: all. */
  readonly node?: readonly string[];
  /** Packages from the registry it may import. Default: all. */
  readonly packages?: readonly string[];
}

/**
 * The direction of every import. `npm run check:imports` enforces this list, and the table in ARCHITECTURE.md is
 * generated from it.
 */
export const places: readonly Place[] = [
  {
    path: 'contract/src',
    holds: 'What every API and every rule shares: hardware hash, identity, GUIDs, roles, languages. No I/O.',
    imports: [],
    node: ['crypto'],
  },
  {
    path: 'contract/testing',
    holds: 'Writes hardware hashes: for tests, samples and benchmarks.',
    imports: ['contract/src'],
    node: ['crypto'],
  },
  {
    path: 'contract/src/partner-center',
    holds: 'Partner Center’s API: resources, operations table, codec, catalogs of faults and outcomes.',
    imports: ['contract/src'],
    node: [],
  },
  {
    path: 'contract/src/muster',
    holds: 'Muster’s own API: resources and operations table, a file per noun.',
    imports: ['contract/src', 'contract/src/partner-center'],
    node: [],
  },
  {
    path: 'contract/src/index.ts',
    holds: 'Partner Center’s API and what goes with it, for clients.',
    imports: ['contract/src', 'contract/src/partner-center'],
  },
  {
    path: 'contract/src/admin',
    holds: 'The administration API: resources and operations table.',
    imports: ['contract/src', 'contract/src/partner-center'],
    node: [],
  },
  {
    path: 'contract/src/openapi',
    holds: 'The OpenAPI document, made from the operations table.',
    imports: ['contract/src', 'contract/src/admin', 'contract/src/muster', 'contract/src/partner-center'],
  },
  {
    path: 'embedded-postgres/src',
    holds: 'PostgreSQL in a data directory: create, start, recover, stop.',
    imports: [],
  },
  {
    path: 'device-files/src',
    holds: 'Files of devices to rows with findings. Runs in Node and in a browser.',
    imports: ['contract/src'],
    node: ['buffer'],
  },
  {
    path: 'sdk/src',
    holds: 'The TypeScript SDK: `fetch` and no runtime dependency.',
    imports: ['contract/src/partner-center'],
    node: [],
    packages: [],
  },
  {
    path: 'cli/src',
    holds: 'The command `muster`, over the SDK.',
    imports: ['contract/src', 'device-files/src', 'sdk/src'],
  },
  {
    path: 'console/src',
    holds: 'The web console, over the SDK. Runs in browsers.',
    imports: ['contract/src', 'device-files/src', 'sdk/src'],
    node: [],
  },
  {
    path: 'console/scripts',
    holds: 'Builds the console into the files that the server sends.',
    imports: [],
  },
  {
    path: 'server/src/boot',
    holds: 'Settings, log, composition, signals: what a process is made of.',
    imports: [
      'embedded-postgres/src',
      'server/src/apis',
      'server/src/authority',
      'server/src/cache',
      'server/src/http',
      'server/src/intake',
      'server/src/jobs',
      'server/src/registrars',
      'server/src/registry',
      'server/src/store',
    ],
  },
  {
    path: 'server/src/apis',
    holds: 'A folder per API: operations mounted, requests read, responses and faults in that API’s shapes.',
    imports: [
      'contract/src',
      'contract/src/admin',
      'contract/src/index.ts',
      'contract/src/muster',
      'contract/src/openapi',
      'server/src/authority',
      'server/src/http',
      'server/src/intake',
      'server/src/registry',
      'server/src/store',
      'server/src/texts',
    ],
  },
  {
    path: 'server/src/authority',
    holds: 'From a token to its caller; Muster’s own token authority with its endpoints and pages.',
    imports: [
      'contract/src',
      'server/src/http',
      'server/src/registry',
      'server/src/store',
      'server/src/texts',
    ],
  },
  {
    path: 'server/src/intake',
    holds: 'The bodies of uploads: bytes to devices, large ones on worker threads.',
    imports: ['contract/src', 'server/src/http', 'server/src/registry', 'server/src/texts'],
  },
  {
    path: 'server/src/jobs',
    holds: 'What runs after the response: registration, policy updates, the queue’s workers.',
    imports: ['contract/src', 'server/src/registrars', 'server/src/registry', 'server/src/store'],
  },
  {
    path: 'server/src/registry',
    holds: 'The rules, a folder per noun, a verb per operation.',
    imports: ['contract/src', 'server/src/cache', 'server/src/registrars', 'server/src/store'],
  },
  {
    path: 'server/src/registrars',
    holds: 'Where devices are registered, behind one port.',
    imports: ['server/src/store'],
  },
  {
    path: 'server/src/http',
    holds: 'What every API needs of HTTP: targets, headers, bodies, limits, health, the request log.',
    imports: ['contract/src', 'server/src/store', 'server/src/texts'],
  },
  {
    path: 'server/src/cache',
    holds: 'What a node remembers, and how it learns of changes.',
    imports: ['server/src/store'],
  },
  {
    path: 'server/src/store',
    holds: 'SQL by aggregate, one statement per function.',
    imports: ['contract/src'],
  },
  {
    path: 'server/src/texts',
    holds: 'What people read of the service, in one catalog for each language.',
    imports: ['contract/src'],
  },
  {
    path: 'muster/src',
    holds: '`npm start` and `muster serve`: the service, its first start, what it prints.',
    imports: ['cli/src', 'server/src/boot'],
  },
  {
    path: 'bench',
    holds: 'Each measure beside the least program that does the same work.',
    imports: ['contract/src', 'contract/src/partner-center', 'contract/testing', 'embedded-postgres/src'],
  },
  {
    path: 'torture',
    holds: 'Faults: processes killed, frozen and starved, and a check that nothing accepted is lost.',
    imports: ['contract/testing', 'embedded-postgres/src'],
  },
  {
    path: 'scripts',
    holds: '`npm start`, `npm test`, generators, checks.',
    imports: ['console/scripts'],
  },
];
