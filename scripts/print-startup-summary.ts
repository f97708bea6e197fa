import { join, relative } from 'node:path';
import { tokenRequestName, type MusterServer } from '../server/src/boot/start-service.ts';

/** Prints, at the end of `npm start`, where the API and the credentials are, and a command to try. */
export function printStartupSummary(start: {
  server: MusterServer;
  dataDirectory: string;
  trackingId: string | undefined;
}): void {
  const { server, dataDirectory, trackingId } = start;
  const lines = ['', `Muster is up.  API: ${server.url}/v1`];
  if (server.credentials) {
    lines.push(`Credentials: ${join(dataDirectory, 'credentials.json')}`);
    if (trackingId !== undefined)
      lines.push('', 'Read the status again:', curlLine(server, dataDirectory, trackingId));
    lines.push('', 'Upload a file of your own:', uploadLine(dataDirectory));
  }
  lines.push('', 'Stop with Ctrl-C.', '');
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Works when pasted, from any folder and at any time: it gets a new token, and no secret is on the command line. */
function curlLine({ credentials, url }: MusterServer, dataDirectory: string, trackingId: string): string {
  const token = `$(curl -sK ${quote(join(dataDirectory, tokenRequestName))} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`;
  const status = `${url}/v1/customers/${credentials?.customerId}/batchJobStatus/${trackingId}`;
  // The service is on this machine, where no proxy leads to.
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
