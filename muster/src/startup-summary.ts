import { join, relative } from 'node:path';
import { tokenRequestName, type MusterServer } from '../../server/src/boot/start-service.ts';

/** Prints where the API, the credentials, and the log are, and commands to try: the last output of a start. */
export function printStartupSummary(start: {
  server: MusterServer;
  dataDirectory: string;
  /** The file that holds the log, if any. */
  logFile: string | undefined;
  trackingId: string | undefined;
  hasConsole: boolean;
  /** Opens the console signed in. */
  consoleLink: string | undefined;
}): void {
  const { server, dataDirectory, logFile, trackingId, hasConsole, consoleLink } = start;
  const lines = ['', `Muster is up.  API: ${server.url}/v1`];
  if (server.credentials) {
    lines.push(`Credentials: ${join(dataDirectory, 'credentials.json')}`);
  }
  if (logFile !== undefined) lines.push(`Log: ${logFile}`);
  if (consoleLink !== undefined)
    lines.push('', 'Console, signed in (the link works once, for ten minutes):', consoleLink);
  else if (hasConsole) lines.push(`Console: ${server.url}/console/`);
  if (server.credentials) {
    if (trackingId !== undefined)
      lines.push('', 'Read the status again:', curlLine(server, dataDirectory, trackingId));
    lines.push('', 'Upload a file of your own:', uploadLine(dataDirectory));
  }
  lines.push('', 'Stop with Ctrl-C.', '');
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Works in any folder at any time: it gets a new token, and it has no secret on the command line. */
function curlLine({ credentials, url }: MusterServer, dataDirectory: string, trackingId: string): string {
  const token = `$(curl -sK ${quote(join(dataDirectory, tokenRequestName))} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`;
  const status = `${url}/v1/customers/${credentials?.customerId}/batchJobStatus/${trackingId}`;
  // The service is on this machine, which a proxy cannot reach.
  return `curl -s --noproxy '*' -H "Authorization: Bearer ${token}" ${quote(status)}`;
}

function uploadLine(dataDirectory: string): string {
  const path = join(dataDirectory, 'credentials.json');
  const near = relative(process.cwd(), path);
  const credentials = near.startsWith('..') ? path : near;
  return `npx --no muster devices upload devices.csv --batch "My first batch" --credentials ${quote(credentials)}`;
}

function quote(path: string): string {
  return /^[\w./:-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
