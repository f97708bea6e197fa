import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';

const lowest = 10_000;

/**
 * A free port that stays free until it is used again: the system gives it to nobody who asks for any port, as other test
 * files do at the same time.
 */
export async function unassignedPort(): Promise<number> {
  const end = await assignedFrom();
  for (;;) {
    const port = randomInt(lowest, end);
    if (await isFree(port)) return port;
  }
}

/** Where the ports begin that the system gives out by itself. */
async function assignedFrom(): Promise<number> {
  const range = await readFile('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').catch(() => '32768');
  const first = Number.parseInt(range, 10);
  return first > lowest + 1000 ? first : 32_768;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
