import { once } from 'node:events';
import type { Server } from 'node:http';

/** Listens on this machine and gives the port. */
export async function listenOnAnyPort(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The limit has no port.');
  return address.port;
}
