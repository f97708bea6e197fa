import { homedir } from 'node:os';
import { basename, join } from 'node:path';

/** The environment of the program. This is the only file that reads `process.env`. */
export interface Environment {
  /** `MUSTER_URL`: base URL of the API. */
  readonly url: string | undefined;
  /** `MUSTER_AUTHORITY`: base URL tokens come from. */
  readonly authority: string | undefined;
  /** `MUSTER_TENANT_ID`: the partner's tenant. */
  readonly tenantId: string | undefined;
  /** `MUSTER_CLIENT_ID`. */
  readonly clientId: string | undefined;
  /** `MUSTER_CLIENT_SECRET`. A secret: never printed. */
  readonly clientSecret: string | undefined;
  /** `MUSTER_CREDENTIALS`: a credentials file, as the service writes it. */
  readonly credentialsFile: string | undefined;
  /** `MUSTER_ADMIN_CREDENTIALS`: the service's `admin-credentials.json`. */
  readonly adminCredentialsFile?: string | undefined;
  /** `MUSTER_ADMIN_SECRET`: an administrator's secret. Never printed. */
  readonly adminSecret?: string | undefined;
  /** `MUSTER_CUSTOMER`: the customer when `--customer` is not given. */
  readonly customerId: string | undefined;
  /** `LC_ALL`, `LC_MESSAGES` or `LANG`, whichever is set first. */
  readonly locale: string | undefined;
  /** What starts this program where it was started, for command lines to paste. Default: `muster`. */
  readonly program?: string;
  /** `NO_COLOR` set to anything, or `TERM=dumb`. */
  readonly isColorRefused: boolean;
  /** `CLICOLOR_FORCE` set to anything but 0. */
  readonly isColorForced: boolean;
  /** Where `muster login` keeps its file. */
  readonly configDirectory: string;
  /** Where journals of unfinished uploads are kept. */
  readonly stateDirectory: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads the environment variables of this process; an empty one counts as not set. */
export function readEnvironment(
  variables: Variables = process.env,
  platform = process.platform,
  file = process.argv[1],
): Environment {
  const read = (name: string) => variables[name] || undefined;
  return {
    url: read('MUSTER_URL'),
    authority: read('MUSTER_AUTHORITY'),
    tenantId: read('MUSTER_TENANT_ID'),
    clientId: read('MUSTER_CLIENT_ID'),
    clientSecret: read('MUSTER_CLIENT_SECRET'),
    credentialsFile: read('MUSTER_CREDENTIALS'),
    adminCredentialsFile: read('MUSTER_ADMIN_CREDENTIALS'),
    adminSecret: read('MUSTER_ADMIN_SECRET'),
    customerId: read('MUSTER_CUSTOMER'),
    locale: read('LC_ALL') ?? read('LC_MESSAGES') ?? read('LANG'),
    program: nameProgram(read('npm_command'), file),
    isColorRefused: read('NO_COLOR') !== undefined || read('TERM') === 'dumb',
    isColorForced: (read('CLICOLOR_FORCE') ?? '0') !== '0',
    configDirectory: read('MUSTER_CONFIG_DIR') ?? directories(read, platform).config,
    stateDirectory: read('MUSTER_STATE_DIR') ?? directories(read, platform).state,
  };
}

/** `npx` finds the program only by itself; `node FILE` needs the file; an installed program has its name. */
function nameProgram(npmCommand: string | undefined, file: string | undefined): string {
  if (npmCommand === 'exec') return 'npx --no muster';
  if (file === undefined || basename(file) === 'muster') return 'muster';
  return /^[\w./:\\-]+$/.test(file) ? `node ${file}` : `node "${file}"`;
}

/** The platform's own places: XDG on Linux, Library on macOS, AppData on Windows. */
function directories(read: (name: string) => string | undefined, platform: NodeJS.Platform) {
  const home = homedir();
  if (platform === 'win32') {
    const roaming = read('APPDATA') ?? join(home, 'AppData', 'Roaming');
    const local = read('LOCALAPPDATA') ?? join(home, 'AppData', 'Local');
    return { config: join(roaming, 'Muster'), state: join(local, 'Muster') };
  }
  if (platform === 'darwin') {
    const support = join(home, 'Library', 'Application Support', 'Muster');
    return { config: support, state: support };
  }
  return {
    config: join(read('XDG_CONFIG_HOME') ?? join(home, '.config'), 'muster'),
    state: join(read('XDG_STATE_HOME') ?? join(home, '.local', 'state'), 'muster'),
  };
}
