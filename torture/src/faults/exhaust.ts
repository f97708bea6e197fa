import { rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { report, times, untilAccepted, type Extent, type Report } from '../fault.ts';
import { Ledger } from '../ledger.ts';
import { Load } from '../load.ts';
import { embeddedUrl, startService, temporaryDirectory } from '../service.ts';

/** The disk is full, file descriptors run out, and connections to PostgreSQL are few. Needs root on Linux. */
export async function exhaust(extent: Extent): Promise<Report> {
  const disk = await temporaryDirectory();
  const script = 'mount -t tmpfs -o size=300m,mode=700 tmpfs "$1" || exit 1; shift; ulimit -n 256; exec "$@"';
  const service = await startService({
    dataDirectory: join(disk, 'data'),
    prefix: ['unshare', '--mount', '/bin/sh', '-c', script, 'sh', disk],
    settings: { MUSTER_DATABASE_CONNECTIONS: '6' },
  });
  // The disk is in a mount namespace of the service's own.
  const seen = join(`/proc/${service.pid}/root`, disk);
  const inside = { dataDirectory: join(seen, 'data') };
  const ledger = new Ledger();
  const token = await service.requestToken(inside.dataDirectory);
  const load = new Load({ urls: [service.url], token, ledger }, 8);
  for (let round = 0; round < times(extent, 1, 3, 10); round += 1) {
    await untilAccepted(ledger, 10);
    await fillDisk(join(seen, 'filler'));
    await delay(2000);
    await rm(join(seen, 'filler'));
    await untilAccepted(ledger, 5);
    await useUpDescriptors(service.url);
    await untilAccepted(ledger, 5);
  }
  await load.stop();
  const databaseUrl =
    (await service.embeddedUrl().catch(() => '')) || (await embeddedUrl(join(seen, 'data')));
  return report(databaseUrl, ledger, 'a disk of 300 MB filled up, 256 file descriptors, 6 connections');
}

async function fillDisk(file: string): Promise<void> {
  const chunk = Buffer.alloc(1024 * 1024);
  try {
    for (;;) await writeFile(file, chunk, { flag: 'a' });
  } catch {
    // No room is left.
  }
}

/** Connections that say nothing, more than the service may have open. */
async function useUpDescriptors(url: string): Promise<void> {
  const sockets = Array.from({ length: 300 }, () => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => {});
    return socket;
  });
  await delay(1500);
  for (const socket of sockets) socket.destroy();
}
